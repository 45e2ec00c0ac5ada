package com.langdock.reliability.e2e.http;

import com.langdock.reliability.e2e.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of sockets and bytes: shows what comes in one read, and when. */
final class RawStream implements AutoCloseable {
  private final Socket socket;
  private final StringBuilder all = new StringBuilder();

  /** Asks for {@code body}. */
  RawStream(Stage stage, String body) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), stage.gateway.port());
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

  /** What one read brings, empty at the end. */
  String read() throws IOException {
    byte[] bytes = new byte[64 * 1024];
    int length = socket.getInputStream().read(bytes);
    String read = length < 0 ? "" : new String(bytes, 0, length, StandardCharsets.UTF_8);
    all.append(read);
    return read;
  }

  /** Reads until {@code word} has come; all that has come. */
  String until(String word) throws IOException {
    while (all.indexOf(word) < 0 && !read().isEmpty()) {
      // what came is kept
    }
    return all.toString();
  }

  /** Reads to the end; all that has come, without what HTTP adds to chunks. */
  String rest() throws IOException {
    while (!read().isEmpty()) {
      // what came is kept
    }
    return all.toString().replaceAll("(?m)\r\n[0-9a-f]+\r\n", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
