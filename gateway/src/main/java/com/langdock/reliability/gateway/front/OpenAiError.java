package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.json.JsonText;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes errors as OpenAI's APIs do, with the request's id and its attempts. */
public final class OpenAiError {
  private OpenAiError() {}

  /** The body of {@code error}. */
  public static byte[] body(ApiError error, String requestId) {
    String attempts =
        error.attempts().stream().map(OpenAiError::attempt).collect(Collectors.joining(","));
    return ("{\"error\":{\"message\":"
            + JsonText.quote(error.message())
            + ",\"type\":"
            + JsonText.quote(error.type())
            + ",\"param\":"
            + nullable(error.param())
            + ",\"code\":"
            + JsonText.quote(error.code())
            + ",\"request_id\":"
            + JsonText.quote(requestId)
            + ",\"attempts\":["
            + attempts
            + "]"
            + (error.limit() == null ? "" : ",\"limit\":" + LimitErrors.json(error.limit()))
            + "}}")
        .getBytes(UTF_8);
  }

  private static String attempt(EndedAttempt ended) {
    OptionalInt status = AttemptTrail.status(ended.failure());
    return "{\"provider\":"
        + JsonText.quote(ended.attempt().target().provider())
        + ",\"model\":"
        + JsonText.quote(ended.attempt().target().model())
        + ",\"status\":"
        + (status.isPresent() ? Integer.toString(status.getAsInt()) : "null")
        + ",\"error\":"
        + nullable(ended.failure() == null ? null : ended.failure().word())
        + ",\"latency_ms\":"
        + TimeUnit.NANOSECONDS.toMillis(ended.nanos())
        + "}";
  }

  private static String nullable(@Nullable String value) {
    return value == null ? "null" : JsonText.quote(value);
  }
}
