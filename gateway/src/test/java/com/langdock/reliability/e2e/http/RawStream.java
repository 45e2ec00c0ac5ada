package com.langdock.reliability.e2e.http;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client on a raw socket that shows each read and its time. */
final class RawStream implements AutoCloseable {
  private final Socket socket;
  private final StringBuilder all = new StringBuilder();

  /** Sends a request with {@code body}. */
  RawStream(GatewayFixture fixture, String body) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.port());
    socket.setSoTimeout(10_000);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    RawServer.write(
        socket,
        "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
            + "content-type: application/json\r\ncontent-length: "
            + bytes.length
            + "\r\n\r\n");
    socket.getOutputStream().write(bytes);
  }

  /** The bytes of one read; empty at the end. */
  String read() throws IOException {
    byte[] bytes = new byte[64 * 1024];
    int length = socket.getInputStream().read(bytes);
    String read = length < 0 ? "" : new String(bytes, 0, length, StandardCharsets.UTF_8);
    all.append(read);
    return read;
  }

  /** Reads until {@code word} was received. Returns all text received so far. */
  String until(String word) throws IOException {
    while (all.indexOf(word) < 0 && !read().isEmpty()) {
      // keep the bytes read so far
    }
    return all.toString();
  }

  /** Reads to the end. Returns all text without the framing of HTTP chunks. */
  String rest() throws IOException {
    while (!read().isEmpty()) {
      // keep the bytes read so far
    }
    return all.toString().replaceAll("(?m)\r\n[0-9a-f]+\r\n", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
