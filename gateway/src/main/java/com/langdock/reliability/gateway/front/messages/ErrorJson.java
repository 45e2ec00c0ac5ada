package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.json.JsonText;
import java.util.Set;

/** Writes errors. Clients know some of the words: those of a provider of this API stay. */
final class ErrorJson {
  private static final int UNAVAILABLE = 503;
  private static final int OVERLOADED = 529;
  private static final int MAX_MESSAGE = 2_000;
  private static final String TOO_LONG = "prompt is too long";
  private static final String INVALID_REQUEST = "invalid_request_error";

  private static final String SPEND_LIMIT =
      ",\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}";

  /** The types of this API that a provider may give to a fault of the request. */
  private static final Set<String> OF_REQUESTS =
      Set.of(
          INVALID_REQUEST,
          "not_found_error",
          "permission_error",
          "billing_error",
          "conflict_error",
          "request_too_large");

  private ErrorJson() {}

  /** The body of {@code error}. */
  static byte[] of(ApiError error, String requestId) {
    return ("{\"type\":\"error\",\"error\":{\"type\":"
            + JsonText.quote(type(error))
            + ",\"message\":"
            + JsonText.quote(message(error))
            + limit(error)
            + "},\"request_id\":"
            + JsonText.quote(requestId)
            + "}")
        .getBytes(UTF_8);
  }

  /** The limit of ours that refused; clients of this API look for budgets in the details. */
  private static String limit(ApiError error) {
    String details = error.code().equals("insufficient_quota") ? SPEND_LIMIT : "";
    return error.limit() == null ? details : details + ",\"limit\":" + error.limitJson();
  }

  /** The HTTP status: clients of this API know overload as 529. */
  static int status(ApiError error) {
    return error.status() == UNAVAILABLE ? OVERLOADED : error.status();
  }

  private static String type(ApiError error) {
    String said = error.said() == null ? null : error.said().type();
    return said != null && OF_REQUESTS.contains(said) ? said : type(status(error));
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 408, 504 -> "timeout_error";
      case 409 -> "conflict_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 500, 502 -> "api_error";
      case OVERLOADED -> "overloaded_error";
      default -> INVALID_REQUEST;
    };
  }

  private static String message(ApiError error) {
    String said = error.said() == null ? "" : error.said().message();
    String message =
        said.isBlank() ? error.message() : said.substring(0, Math.min(said.length(), MAX_MESSAGE));
    boolean isTooLong = error.code().equals("context_length_exceeded");
    return isTooLong && !message.contains(TOO_LONG) ? TOO_LONG + ": " + message : message;
  }
}
