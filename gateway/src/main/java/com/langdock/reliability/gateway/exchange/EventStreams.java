package com.langdock.reliability.gateway.exchange;

import java.util.List;

/**
 * Distinguishes a stream of server-sent events from a whole body by its first bytes. Servers and
 * proxies mislabel both, and some send one where the other was requested.
 */
public final class EventStreams {
  /** The kind of body, as far as its beginning shows. */
  public enum Shape {
    /** Only white space so far. */
    UNKNOWN,
    /** Events, or anything that is neither JSON nor HTML. */
    EVENTS,
    /** JSON or HTML. */
    WHOLE
  }

  private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");
  private static final String DONE = "[DONE]";
  private static final String BEGINS_WHOLE = "{[\"<";

  private EventStreams() {}

  /** The shape of a body that begins with {@code piece}, ignoring leading white space. */
  public static Shape shape(byte[] piece) {
    int at = firstOctet(piece);
    if (at == piece.length) {
      return Shape.UNKNOWN;
    }
    return BEGINS_WHOLE.indexOf(piece[at]) >= 0 ? Shape.WHOLE : Shape.EVENTS;
  }

  /** Whether {@code body} is certainly a stream: it begins with an event field or a comment. */
  public static boolean isStream(byte[] body) {
    int at = firstOctet(body);
    for (String field : FIELDS) {
      if (startsWith(body, at, field)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code piece} ends with the final event of a stream in OpenAI's format. */
  public static boolean endsInDone(byte[] piece) {
    int end = piece.length;
    while (end > 0 && piece[end - 1] >= 0 && piece[end - 1] <= ' ') {
      end--;
    }
    return startsWith(piece, Math.max(0, end - DONE.length()), DONE);
  }

  private static int firstOctet(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] bytes, int from, String prefix) {
    boolean starts = bytes.length - from >= prefix.length();
    for (int i = 0; starts && i < prefix.length(); i++) {
      starts = bytes[from + i] == prefix.charAt(i);
    }
    return starts;
  }
}
