package com.langdock.reliability.mock.format.gemini;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.settings.Refusals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Google's errors; code, status and details are those of recorded answers. */
final class GeminiErrors {
  private static final String TYPE = "type.googleapis.com/google.rpc.";
  private static final String INVALID = "INVALID_ARGUMENT";
  private static final String EXHAUSTED = "RESOURCE_EXHAUSTED";

  private GeminiErrors() {}

  static JsonAnswer refusal(Refusal refusal, String model, Refusals details) {
    return switch (refusal) {
      case RATE_LIMIT ->
          error(
              429,
              EXHAUSTED,
              "Too many requests for " + model + " in this minute.",
              rateLimit(details.retryAfter()));
      case SERVER_ERROR ->
          error(details.serverErrorStatus(), "INTERNAL", "An internal error has occurred.");
      case OVERLOADED -> new JsonAnswer(503, overloaded());
      case QUOTA ->
          error(
              429,
              EXHAUSTED,
              "You exceeded your current quota, please check your plan and billing details.",
              List.of(quotaFailure("GenerateRequestsPerDayPerProjectPerModel")));
      case AUTH ->
          error(
              400,
              INVALID,
              "API key not valid. Please pass a valid API key.",
              List.of(Json.object("@type", TYPE + "ErrorInfo", "reason", "API_KEY_INVALID")));
      case FORBIDDEN -> error(403, "PERMISSION_DENIED", "The caller does not have permission.");
      case MODEL_NOT_FOUND ->
          error(404, "NOT_FOUND", "models/" + model + " is not found for API version v1beta.");
      case CONTEXT_LENGTH ->
          invalid(
              "The input token count (1250000) exceeds the maximum number of tokens allowed"
                  + " (1048576).");
      case CONTENT_POLICY -> invalid("The prompt was blocked.");
      case BAD_REQUEST -> invalid("Unable to submit request because of its temperature value.");
      case PREFILL_REFUSED ->
          invalid(
              "Please ensure that multiturn requests end with a user role or a function response.");
      case CONFLICT -> error(409, "ABORTED", "The request conflicts with another one.");
      case REQUEST_TIMEOUT ->
          error(504, "DEADLINE_EXCEEDED", "The deadline expired before the request was done.");
    };
  }

  static JsonAnswer invalid(String message) {
    return error(400, INVALID, message);
  }

  static JsonAnswer unroutable(int status, String message) {
    return error(status, status == 404 ? "NOT_FOUND" : INVALID, message);
  }

  static String overloaded() {
    return error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.").body();
  }

  /** The error as the given delivery carries it: a stream that is an array has it as an element. */
  static JsonAnswer in(Delivery delivery, JsonAnswer error) {
    return delivery == Delivery.JSON_ARRAY
        ? new JsonAnswer(error.status(), "[" + error.body() + "]")
        : error;
  }

  private static List<Object> rateLimit(@Nullable Duration retryAfter) {
    List<Object> details =
        new ArrayList<>(List.of(quotaFailure("GenerateRequestsPerMinutePerProjectPerModel")));
    if (retryAfter != null) {
      details.add(
          Json.object("@type", TYPE + "RetryInfo", "retryDelay", seconds(retryAfter) + "s"));
    }
    return details;
  }

  private static String seconds(Duration length) {
    return length.toMillisPart() == 0
        ? String.valueOf(length.toSeconds())
        : String.valueOf(length.toMillis() / 1000.0);
  }

  private static Map<String, @Nullable Object> quotaFailure(String quota) {
    return Json.object(
        "@type", TYPE + "QuotaFailure", "violations", List.of(Json.object("quotaId", quota)));
  }

  private static JsonAnswer error(int code, String status, String message) {
    return error(code, status, message, List.of());
  }

  private static JsonAnswer error(
      int code, String status, String message, List<? extends Object> details) {
    Map<String, @Nullable Object> error =
        Json.object("code", code, "message", message, "status", status);
    if (!details.isEmpty()) {
      error.put("details", details);
    }
    return new JsonAnswer(code, Json.text(Json.object("error", error)));
  }
}
