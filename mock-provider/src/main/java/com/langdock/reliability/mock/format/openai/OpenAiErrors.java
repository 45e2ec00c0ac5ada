package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's errors; status, type, code and param are those of recorded answers. */
final class OpenAiErrors {
  private static final String INVALID = "invalid_request_error";

  private OpenAiErrors() {}

  static JsonAnswer refusal(Refusal refusal, String model) {
    return switch (refusal) {
      case RATE_LIMIT ->
          error(429, "tokens", "rate_limit_exceeded", null, "Rate limit reached for " + model);
      case SERVER_ERROR ->
          error(500, "server_error", null, null, "The server experienced an error. Sorry!");
      case OVERLOADED -> new JsonAnswer(503, Json.text(overloaded()));
      case QUOTA ->
          error(
              429,
              "insufficient_quota",
              "insufficient_quota",
              null,
              "You exceeded your current quota, please check your plan and billing details.");
      case AUTH -> error(401, INVALID, "invalid_api_key", null, "Incorrect API key provided: ***.");
      case FORBIDDEN ->
          error(
              403,
              "request_forbidden",
              "unsupported_country_region_territory",
              null,
              "Country, region, or territory not supported");
      case MODEL_NOT_FOUND ->
          error(404, INVALID, "model_not_found", null, "The model `" + model + "` does not exist.");
      case CONTEXT_LENGTH ->
          badRequest(
              "context_length_exceeded",
              "messages",
              "This model's maximum context length is 8192 tokens. However, your messages resulted"
                  + " in 8227 tokens. Please reduce the length of the messages.");
      case CONTENT_POLICY ->
          badRequest("content_policy_violation", null, "Rejected by our safety system.");
      case BAD_REQUEST ->
          badRequest("unsupported_value", "temperature", "Unsupported value: 'temperature'.");
      case PREFILL_REFUSED ->
          badRequest("invalid_value", "messages", "This model does not support prefill.");
      case CONFLICT -> error(409, INVALID, null, null, "Conflicts with another request.");
      case REQUEST_TIMEOUT -> error(408, INVALID, null, null, "The request timed out.");
    };
  }

  static JsonAnswer invalid(InvalidRequest problem) {
    return error(400, INVALID, problem.code(), problem.param(), problem.message());
  }

  static JsonAnswer unroutable(int status, String message) {
    return error(status, INVALID, null, null, message);
  }

  static Map<String, @Nullable Object> overloaded() {
    return body(
        "service_unavailable_error",
        "server_is_overloaded",
        null,
        "Our servers are currently overloaded. Please try again later.");
  }

  private static JsonAnswer badRequest(String code, @Nullable String param, String message) {
    return error(400, INVALID, code, param, message);
  }

  private static JsonAnswer error(
      int status, String type, @Nullable String code, @Nullable String param, String message) {
    return new JsonAnswer(status, Json.text(body(type, code, param, message)));
  }

  private static Map<String, @Nullable Object> body(
      String type, @Nullable String code, @Nullable String param, String message) {
    return Json.object(
        "error", Json.object("message", message, "type", type, "param", param, "code", code));
  }
}
