package com.langdock.reliability.gateway.exchange;

import java.util.List;

/**
 * Tells a stream of server-sent events from a whole body by how it begins: servers and proxies
 * label both wrongly, and some answer with the one where they were asked for the other.
 */
public final class EventStreams {
  /** What the beginning of a body shows. */
  public enum Shape {
    /** Nothing but white space so far. */
    UNKNOWN,
    /** Events, or nothing that is JSON or HTML. */
    EVENTS,
    /** JSON or HTML. */
    WHOLE
  }

  private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");
  private static final String DONE = "[DONE]";
  private static final String BEGINS_WHOLE = "{[\"<";

  private EventStreams() {}

  /** What {@code piece} shows of a body that has been blank before it. */
  public static Shape shape(byte[] piece) {
    int at = firstOctet(piece);
    if (at == piece.length) {
      return Shape.UNKNOWN;
    }
    return BEGINS_WHOLE.indexOf(piece[at]) >= 0 ? Shape.WHOLE : Shape.EVENTS;
  }

  /** Whether {@code body} surely is a stream: it begins with a field of an event, or a comment. */
  public static boolean isStream(byte[] body) {
    int at = firstOctet(body);
    return FIELDS.stream().anyMatch(field -> startsWith(body, at, field));
  }

  /** Whether {@code piece} ends in the event that ends a stream in OpenAI's format. */
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
