package com.langdock.reliability.gateway.telemetry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a client's request belongs to, in the headers of the W3C's Trace Context: {@code
 * traceparent} names the trace and the parent span, {@code tracestate} holds data of other systems.
 *
 * @param traceparent valid, as received
 * @param tracestate null when there was none, or none that is valid
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {
  /** The header that names the trace. */
  public static final String TRACEPARENT = "traceparent";

  /** The header of what others add. */
  public static final String TRACESTATE = "tracestate";

  /** {@code 00-<trace id>-<span id>-<flags>}; later versions may go on after another hyphen. */
  private static final int LENGTH = 55;

  /** A limit of ours, since the header is sent to every provider. */
  private static final int MAX_LENGTH = 512;

  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  /**
   * The trace in the headers of a request; null when they name none or are not valid.
   *
   * @param traceparents the values of the header, of which there must be one
   * @param tracestates the values of the header, which together are one list
   */
  public static @Nullable TraceContext parse(List<String> traceparents, List<String> tracestates) {
    if (traceparents.size() != 1 || !isValid(traceparents.getFirst())) {
      return null;
    }
    return new TraceContext(traceparents.getFirst(), TraceState.valid(tracestates));
  }

  /** The id of the trace, 32 hexadecimal digits. */
  public String traceId() {
    return traceparent.substring(TRACE_ID, SPAN_ID - 1);
  }

  /** The headers as received. */
  public Map<String, String> headers() {
    return tracestate == null
        ? Map.of(TRACEPARENT, traceparent)
        : Map.of(TRACEPARENT, traceparent, TRACESTATE, tracestate);
  }

  private static boolean isValid(String header) {
    return hasValidLength(header)
        && isHex(header, 0, 2)
        && !header.startsWith("ff")
        && header.charAt(TRACE_ID - 1) == '-'
        && isId(header, TRACE_ID, SPAN_ID - 1)
        && header.charAt(SPAN_ID - 1) == '-'
        && isId(header, SPAN_ID, FLAGS - 1)
        && header.charAt(FLAGS - 1) == '-'
        && isHex(header, FLAGS, LENGTH);
  }

  private static boolean hasValidLength(String header) {
    return header.length() == LENGTH
        || (header.length() > LENGTH
            && header.length() <= MAX_LENGTH
            && header.charAt(LENGTH) == '-'
            && !header.startsWith("00")
            && header.chars().allMatch(c -> c > ' ' && c <= '~'));
  }

  /** An id of zeros is invalid. */
  private static boolean isId(String header, int from, int to) {
    return isHex(header, from, to)
        && header.chars().skip(from).limit(to - from).anyMatch(c -> c != '0');
  }

  /** Capital letters are not allowed. */
  private static boolean isHex(String header, int from, int to) {
    return header
        .chars()
        .skip(from)
        .limit(to - from)
        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
