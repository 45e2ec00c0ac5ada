package com.langdock.reliability.e2e.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that answers every request with the same bytes, and counts its connections. */
final class RawServer implements AutoCloseable {
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final byte[] reply;
  private final boolean closes;

  /**
   * Answers with {@code reply}, character by byte.
   *
   * @param closes whether the end of the connection follows
   */
  RawServer(String reply, boolean closes) throws IOException {
    this.reply = reply.getBytes(StandardCharsets.ISO_8859_1);
    this.closes = closes;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test has ended
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      do {
        TinyServer.readRequest(in);
        socket.getOutputStream().write(reply);
      } while (!closes);
    } catch (IOException left) {
      // the gateway closed the connection; how often it came is for the test to say
    }
  }
}
