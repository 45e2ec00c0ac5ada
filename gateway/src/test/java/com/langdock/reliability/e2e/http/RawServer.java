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

/** A provider on raw sockets that counts its connections. */
final class RawServer implements AutoCloseable {
  /** Handles a connection, which is closed afterwards. */
  interface Conversation {
    /** Handles {@code socket}, whose input is {@code in}. */
    void talk(InputStream in, Socket socket) throws IOException;
  }

  /** A completion in OpenAI's format. */
  static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},"
          + "\"finish_reason\":\"stop\"}]}";

  /** The end of a head, and {@link #ANSWER}. */
  static final String REST = "content-length: " + ANSWER.length() + "\r\n\r\n" + ANSWER;

  /** A complete successful response. */
  static final String GOOD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + REST;

  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private final Conversation conversation;

  RawServer(Conversation conversation) throws IOException {
    this.conversation = conversation;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request with {@code reply} in ISO 8859-1. */
  static RawServer answering(String reply) throws IOException {
    return new RawServer((in, socket) -> {
      while (true) {
        readRequest(in);
        write(socket, reply);
      }
    });
  }

  /** Answers one request with {@code reply}, and closes the connection. */
  static RawServer answeringOnce(String reply) throws IOException {
    return new RawServer((in, socket) -> {
      readRequest(in);
      write(socket, reply);
    });
  }

  /** Keeps connections alive, but closes each at its second request. */
  static RawServer breakingKept() throws IOException {
    return new RawServer((in, socket) -> {
      readRequest(in);
      write(socket, GOOD);
      if (in.read() >= 0) {
        socket.setSoLinger(true, 0);
      }
    });
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
      conversation.talk(new BufferedInputStream(socket.getInputStream()), socket);
    } catch (IOException left) {
      // the gateway closed the connection; the test checks the number of connections
    }
  }

  static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads a whole request and returns its body. */
  static byte[] readRequest(InputStream in) throws IOException {
    return in.readNBytes(readHead(in));
  }

  /** Reads a request's head and returns the length of its body. */
  static int readHead(InputStream in) throws IOException {
    String head = readHeadText(in);
    return Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
  }

  /** Reads a request's head in ISO 8859-1, including its empty line. */
  static String readHeadText(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the client left in the middle of its head");
      }
      head.append((char) octet);
    }
    return head.toString();
  }
}
