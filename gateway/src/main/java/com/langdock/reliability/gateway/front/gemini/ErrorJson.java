package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.json.JsonText;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes errors. The gateway's own code and the request's id are in the details, as is the wait
 * before another try.
 */
final class ErrorJson {
  private static final int MAX_MESSAGE = 2_000;
  private static final String TYPE = "type.googleapis.com/google.rpc.";
  private static final String TOO_LONG = "The input token count exceeds the maximum";

  private ErrorJson() {}

  /** The body of {@code error}. */
  static byte[] of(ApiError error, String requestId) {
    return ("{\"error\":{\"code\":"
            + error.status()
            + ",\"message\":"
            + JsonText.quote(message(error))
            + ",\"status\":\""
            + status(error.status())
            + "\",\"details\":[{\"@type\":\""
            + TYPE
            + "ErrorInfo\",\"reason\":"
            + JsonText.quote(error.code().toUpperCase(Locale.ROOT))
            + ",\"domain\":\"gateway\",\"metadata\":{\"request_id\":"
            + JsonText.quote(requestId)
            + field(error.param())
            + "}}"
            + retry(error)
            + quota(error)
            + "]}}")
        .getBytes(UTF_8);
  }

  /** Errors about the whole conversation name the field that it has in other APIs. */
  private static String field(@Nullable String param) {
    if (param == null) {
      return "";
    }
    return ",\"field\":" + JsonText.quote(param.equals("messages") ? "contents" : param);
  }

  private static String retry(ApiError error) {
    if (error.retryAfterNanos().isEmpty()) {
      return "";
    }
    long nanos = error.retryAfterNanos().getAsLong() + TimeUnit.SECONDS.toNanos(1) - 1;
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos));
    return ",{\"@type\":\"" + TYPE + "RetryInfo\",\"retryDelay\":\"" + seconds + "s\"}";
  }

  private static String quota(ApiError error) {
    if (error.limit() == null) {
      return "";
    }
    return ",{\"@type\":\""
        + TYPE
        + "QuotaFailure\",\"violations\":[{\"subject\":"
        + JsonText.quote(error.limitedSubject())
        + ",\"description\":"
        + JsonText.quote(error.limitName())
        + "}]}";
  }

  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 408, 504 -> "DEADLINE_EXCEEDED";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 499 -> "CANCELLED";
      case 500 -> "INTERNAL";
      case 502, 503 -> "UNAVAILABLE";
      default -> "INVALID_ARGUMENT";
    };
  }

  private static String message(ApiError error) {
    String said = error.said() == null ? "" : error.said().message();
    String message =
        said.isBlank() ? error.message() : said.substring(0, Math.min(said.length(), MAX_MESSAGE));
    boolean isTooLong = error.code().equals("context_length_exceeded");
    return isTooLong && !message.contains("input token count")
        ? TOO_LONG + ". " + message
        : message;
  }
}
