package com.langdock.reliability.gateway.management;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.MalformedJsonException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request that changes something.
 *
 * <p>Its content type must be JSON: then a page of another origin needs a CORS preflight, which is
 * never granted.
 */
final class JsonPut {
  private static final int BODY_SECONDS = 10;

  private JsonPut() {}

  /** Passes on a body in JSON of up to {@code most} bytes, or refuses the request. */
  static void read(HttpServerRequest request, int most, Handler<Buffer> then) {
    read(request, "application/json", most, then);
  }

  /** Passes on a body of {@code type}, of up to {@code most} bytes, or refuses the request. */
  static void read(HttpServerRequest request, String type, int most, Handler<Buffer> then) {
    String sent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "");
    if (!sent.toLowerCase(Locale.ROOT).startsWith(type)) {
      Responses.error(request, 415, "unsupported_media_type", "Send content-type: " + type + ".");
    } else if (!isSmall(request.getHeader(HttpHeaders.CONTENT_LENGTH), most)) {
      Responses.error(
          request, 413, "request_too_large", "Send a Content-Length up to " + most + ".");
    } else {
      request
          .body()
          .timeout(BODY_SECONDS, TimeUnit.SECONDS)
          .onSuccess(then)
          .onFailure(late -> refuseLate(request));
    }
  }

  /** The fields of an object whose values are all strings; none when the body is anything else. */
  static Map<String, String> stringFields(Buffer body) {
    Map<String, String> fields = new HashMap<>();
    try {
      for (JsonValue.Member member : JsonValue.parse(body.getBytes()).members()) {
        if (member.value().kind() != JsonValue.Kind.STRING) {
          return Map.of();
        }
        fields.put(member.name(), member.value().text());
      }
      return fields;
    } catch (MalformedJsonException notJson) {
      return Map.of();
    }
  }

  /** The whole number in the field {@code name} of an object; null when there is none. */
  static @Nullable Integer wholeField(Buffer body, String name) {
    try {
      JsonValue value = JsonFields.value(JsonValue.parse(body.getBytes()), name);
      return value != null && value.raw().matches("\\d{1,9}") ? Integer.valueOf(value.raw()) : null;
    } catch (MalformedJsonException notJson) {
      return null;
    }
  }

  /** Passes on a body that is a JSON object of up to {@code most} bytes, or refuses the request. */
  static void readObject(HttpServerRequest request, int most, Handler<JsonValue> then) {
    read(
        request,
        most,
        body -> {
          try {
            JsonValue value = JsonValue.parse(body.getBytes());
            if (value.kind() == JsonValue.Kind.OBJECT) {
              then.handle(value);
              return;
            }
          } catch (MalformedJsonException notJson) {
            // Refused as any other value.
          }
          Responses.error(request, 400, "invalid_json", "Send one JSON object.");
        });
  }

  private static void refuseLate(HttpServerRequest request) {
    if (!request.response().ended()) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      Responses.error(request, 408, "request_timeout", "The body did not arrive in time.");
    }
  }

  private static boolean isSmall(@Nullable String contentLength, int most) {
    try {
      return contentLength != null && Long.parseLong(contentLength) <= most;
    } catch (NumberFormatException notALength) {
      return false;
    }
  }
}
