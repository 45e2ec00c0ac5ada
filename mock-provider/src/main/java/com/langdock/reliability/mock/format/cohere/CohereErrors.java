package com.langdock.reliability.mock.format.cohere;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.Stamp;

/** Cohere's errors, which are a message; statuses and texts are like those of recorded answers. */
final class CohereErrors {
  private CohereErrors() {}

  static JsonAnswer refusal(Refusal refusal, String model, Stamp stamp) {
    return switch (refusal) {
      case RATE_LIMIT -> error(429, "You are past the per minute request limit.", stamp);
      case SERVER_ERROR -> error(500, "internal server error", stamp);
      case OVERLOADED -> error(503, overloaded(), stamp);
      case QUOTA -> error(402, "You have exceeded your billing limit.", stamp);
      case AUTH -> error(401, "Incorrect API key provided: ***.", stamp);
      case FORBIDDEN -> error(403, "This request is forbidden.", stamp);
      case MODEL_NOT_FOUND ->
          error(
              404,
              "model '"
                  + model
                  + "' not found, make sure the correct model ID was used and that you have"
                  + " access to the model.",
              stamp);
      case CONTEXT_LENGTH ->
          error(
              400,
              "too many tokens: size limit exceeded by 27 tokens. Try using shorter or fewer"
                  + " inputs. The limit for this model is 8000 tokens.",
              stamp);
      case CONTENT_POLICY -> error(422, "The prompt was blocked by our content policy.", stamp);
      case BAD_REQUEST -> error(400, "invalid request: temperature is out of range", stamp);
      case PREFILL_REFUSED ->
          error(400, "invalid request: the last message must not be of the assistant", stamp);
      case CONFLICT -> error(409, "Conflicts with another request.", stamp);
      case REQUEST_TIMEOUT -> error(408, "The request timed out.", stamp);
    };
  }

  static String overloaded() {
    return "The service is overloaded, please try again later.";
  }

  static JsonAnswer error(int status, String message, Stamp stamp) {
    return new JsonAnswer(status, Json.text(Json.object("id", stamp.unique(), "message", message)));
  }
}
