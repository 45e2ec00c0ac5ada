package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response as the client parses it.
 *
 * @param headers by name in lower case
 * @param isWhole whether it is complete
 */
public record HttpReply(int status, Map<String, String> headers, String body, boolean isWhole) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * All responses in {@code bytes}; the last one may be incomplete.
   *
   * @param closed whether the connection is closed
   */
  static List<HttpReply> parse(byte[] bytes, boolean closed) {
    String text = new String(bytes, ISO_8859_1);
    List<HttpReply> replies = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int headEnd = text.indexOf(END_OF_HEAD, at);
      if (headEnd < 0) {
        return replies;
      }
      String[] lines = text.substring(at, headEnd).split("\r\n");
      Map<String, String> headers = headers(lines);
      int status = Integer.parseInt(lines[0].split(" ")[1]);
      at = headEnd + END_OF_HEAD.length();
      if (status == 100) {
        continue;
      }
      Body body = body(text, at, headers, closed);
      at = body.end;
      replies.add(new HttpReply(status, headers, utf8(body.text), body.isWhole));
    }
    return replies;
  }

  private record Body(String text, int end, boolean isWhole) {}

  private static Body body(String text, int from, Map<String, String> headers, boolean closed) {
    String length = headers.get("content-length");
    if (length != null) {
      int end = Math.min(text.length(), from + Integer.parseInt(length));
      return new Body(text.substring(from, end), end, end - from == Integer.parseInt(length));
    }
    return "chunked".equals(headers.get("transfer-encoding"))
        ? chunked(text, from)
        : new Body(text.substring(from), text.length(), closed);
  }

  private static Body chunked(String text, int from) {
    StringBuilder body = new StringBuilder();
    int at = from;
    while (true) {
      int lineEnd = text.indexOf("\r\n", at);
      if (lineEnd < 0) {
        return new Body(body.toString(), text.length(), false);
      }
      int length = Integer.parseInt(text.substring(at, lineEnd), 16);
      int end = lineEnd + 2 + length;
      if (length == 0) {
        return new Body(body.toString(), end + 2, true);
      }
      if (end > text.length()) {
        return new Body(body.toString(), text.length(), false);
      }
      body.append(text, lineEnd + 2, end);
      at = end + 2;
    }
  }

  private static Map<String, String> headers(String[] lines) {
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return headers;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
