package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.Stamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's errors; status, type and significant texts are those of recorded answers. */
final class AnthropicErrors {
  static final String INVALID = "invalid_request_error";

  private AnthropicErrors() {}

  static JsonAnswer refusal(Refusal refusal, String model, Stamp stamp) {
    return switch (refusal) {
      case RATE_LIMIT -> error(429, "rate_limit_error", "Rate limited", stamp);
      case SERVER_ERROR -> error(500, "api_error", "Internal server error", stamp);
      case OVERLOADED -> error(529, "overloaded_error", "Overloaded", stamp);
      case QUOTA -> error(402, "billing_error", "Your credit balance is too low.", stamp);
      case AUTH -> error(401, "authentication_error", "invalid x-api-key", stamp);
      case FORBIDDEN -> error(403, "permission_error", "Request not allowed", stamp);
      case MODEL_NOT_FOUND -> error(404, "not_found_error", "model: " + model, stamp);
      case CONTEXT_LENGTH ->
          error(400, INVALID, "prompt is too long: 210000 tokens > 200000 maximum", stamp);
      case CONTENT_POLICY ->
          error(400, INVALID, "Output blocked by content filtering policy", stamp);
      case BAD_REQUEST -> error(400, INVALID, "temperature: Extra inputs are not permitted", stamp);
      case PREFILL_REFUSED ->
          error(
              400,
              INVALID,
              "This model does not support assistant message prefill. The conversation must end"
                  + " with a user message.",
              stamp);
      case CONFLICT -> error(409, "conflict_error", "Conflicts with another request", stamp);
      case REQUEST_TIMEOUT -> error(408, "timeout_error", "Request timed out", stamp);
    };
  }

  static JsonAnswer unroutable(int status, String message, Stamp stamp) {
    String type =
        switch (status) {
          case 404 -> "not_found_error";
          case 413 -> "request_too_large";
          default -> INVALID;
        };
    return error(status, type, message, stamp);
  }

  static JsonAnswer error(int status, String type, String message, Stamp stamp) {
    return new JsonAnswer(
        status,
        Json.text(
            Json.object(
                "type",
                "error",
                "error",
                Json.object("type", type, "message", message),
                "request_id",
                "req_" + stamp.unique())));
  }

  static Map<String, @Nullable Object> overloaded() {
    return Json.object(
        "type",
        "error",
        "error",
        Json.object("details", null, "type", "overloaded_error", "message", "Overloaded"));
  }
}
