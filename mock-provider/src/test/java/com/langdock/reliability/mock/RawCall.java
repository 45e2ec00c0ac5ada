package com.langdock.reliability.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One request over a plain socket, which shows how the connection ended. */
record RawCall(List<byte[]> reads, Ending ending) {
  /** How long a silent connection is listened to before it counts as open. */
  private static final int PATIENCE_MS = 400;

  private static final String CHUNKED_END = "0\r\n\r\n";

  /** How the connection was left. */
  enum Ending {
    /** The chunked body ended properly. */
    BODY_ENDED,
    CLOSED,
    RESET,
    STILL_OPEN
  }

  static RawCall post(MockProvider provider, String path, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), provider.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      byte[] bytes = body.getBytes(UTF_8);
      String head = "POST " + path + " HTTP/1.1\r\nhost: mock\r\ncontent-length: " + bytes.length;
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(UTF_8));
      socket.getOutputStream().write(bytes);
      List<byte[]> reads = new ArrayList<>();
      return new RawCall(reads, read(socket.getInputStream(), reads));
    }
  }

  private static Ending read(InputStream in, List<byte[]> reads) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try {
      while (true) {
        int length = in.read(buffer);
        if (length < 0) {
          return Ending.CLOSED;
        }
        reads.add(Arrays.copyOf(buffer, length));
        if (new String(buffer, 0, length, UTF_8).endsWith(CHUNKED_END)) {
          return Ending.BODY_ENDED;
        }
      }
    } catch (SocketTimeoutException silent) {
      return Ending.STILL_OPEN;
    } catch (SocketException reset) {
      return Ending.RESET;
    }
  }

  String text() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    reads.forEach(all::writeBytes);
    return all.toString(UTF_8);
  }
}
