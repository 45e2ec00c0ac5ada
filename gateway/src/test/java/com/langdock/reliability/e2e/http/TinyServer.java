package com.langdock.reliability.e2e.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that promises to keep connections alive and closes each as soon as a second request
 * comes on it, before any byte of an answer.
 */
final class TinyServer implements AutoCloseable {
  /** A completion as OpenAI has it. */
  static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},"
          + "\"finish_reason\":\"stop\"}]}";

  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;

  TinyServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
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
        Thread.ofVirtual().start(() -> answerOnce(socket));
      }
    } catch (IOException closed) {
      // the test has ended
    }
  }

  private static void answerOnce(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      readRequest(in);
      String head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
      String reply = head + ANSWER.length() + "\r\n\r\n" + ANSWER;
      socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
      if (in.read() >= 0) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException left) {
      // the client closed or broke the connection; what it saw is for the test to say
    }
  }

  static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the client left in the middle of its head");
      }
      head.append((char) octet);
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
  }
}
