package com.langdock.reliability.mock.settings;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Details of answers with an error status.
 *
 * @param retryAfter sent with a 429; null for none
 * @param retryAfterAsDate whether it is sent as an HTTP date instead of seconds
 * @param serverErrorStatus 500 to 599
 * @param prefillSupported whether a request may end in an assistant turn
 * @param strict whether everything is refused that the real provider refuses
 */
public record Refusals(
    @Nullable Duration retryAfter,
    boolean retryAfterAsDate,
    int serverErrorStatus,
    boolean prefillSupported,
    boolean strict) {
  private static final String RETRY_AFTER = "retry_after_seconds";
  private static final String AS_DATE = "rate_limit_retry_after_date";
  private static final String STATUS = "server_error_status";
  private static final String PREFILL = "prefill_supported";
  private static final String STRICT = "strict";

  static Refusals read(Fields fields) {
    return new Refusals(
        fields.seconds(RETRY_AFTER).orElse(null),
        fields.flag(AS_DATE, false),
        (int) fields.whole(STATUS, 500, 599).orElse(500),
        fields.flag(PREFILL, true),
        fields.flag(STRICT, false));
  }

  void show(Map<String, @Nullable Object> shown) {
    shown.put(RETRY_AFTER, retryAfter == null ? null : Fields.inSeconds(retryAfter));
    shown.put(AS_DATE, retryAfterAsDate);
    shown.put(STATUS, serverErrorStatus);
    shown.put(PREFILL, prefillSupported);
    shown.put(STRICT, strict);
  }
}
