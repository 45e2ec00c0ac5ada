package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.json.JsonText;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Writes errors inside streams. Clients act on the few codes of {@code response.failed}. */
final class StreamErrorJson {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private StreamErrorJson() {}

  /** The error in the event {@code error}. */
  static String event(ApiError error, String requestId) {
    return "{\"type\":"
        + JsonText.quote(error.type())
        + ",\"code\":"
        + JsonText.quote(error.code())
        + ",\"message\":"
        + JsonText.quote(error.message())
        + ",\"param\":"
        + (error.param() == null ? "null" : JsonText.quote(error.param()))
        + ",\"request_id\":"
        + JsonText.quote(requestId)
        + "}";
  }

  /** The error in the response that failed. */
  static String ofResponse(ApiError error) {
    return "{\"code\":\"" + code(error) + "\",\"message\":" + JsonText.quote(message(error)) + "}";
  }

  private static String code(ApiError error) {
    return switch (error.code()) {
      case "rate_limit_exceeded", "context_length_exceeded" -> error.code();
      case "quota_exhausted" -> "insufficient_quota";
      case "provider_overloaded", "circuit_open" -> "server_is_overloaded";
      default -> error.type().equals("invalid_request_error") ? "invalid_prompt" : "server_error";
    };
  }

  /** Clients read from the message when they may ask again. */
  private static String message(ApiError error) {
    boolean isLimit = error.code().equals("rate_limit_exceeded");
    return isLimit && error.retryAfterNanos().isPresent()
        ? error.message()
            + String.format(
                Locale.ROOT,
                " Please try again in %.1fs.",
                error.retryAfterNanos().getAsLong() / NANOS_PER_SECOND)
        : error.message();
  }
}
