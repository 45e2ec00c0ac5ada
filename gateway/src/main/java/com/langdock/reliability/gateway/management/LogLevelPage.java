package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** {@code /api/log-level}: shows the least level that is logged, and changes it. */
final class LogLevelPage {
  private static final int MAX_BODY = 1_024;

  private final LogSetup log;

  LogLevelPage(LogSetup log) {
    this.log = log;
  }

  Route page() {
    return Route.of(this::show, this::change);
  }

  private void show(HttpServerRequest request) {
    String level = log.level().name().toLowerCase(Locale.ROOT);
    Responses.json(
        request, 200, Responses.object(json -> json.writeStringProperty("level", level)));
  }

  private void change(HttpServerRequest request) {
    JsonPut.read(request, MAX_BODY, body -> change(request, body));
  }

  private void change(HttpServerRequest request, Buffer body) {
    Optional<Level> level = level(body);
    if (level.isEmpty()) {
      String message = "Send {\"level\": \"info\"}; levels: error, warn, info, debug, trace.";
      Responses.error(request, 400, "invalid_value", message);
      return;
    }
    log.level(level.get());
    AdminLog.changed(request, "set_log_level", level.get().name().toLowerCase(Locale.ROOT));
    show(request);
  }

  /** The level that {@code {"level": …}} names, empty when the body is anything else. */
  private static Optional<Level> level(Buffer body) {
    try (JsonParser json =
        Responses.JSON.createParser(ObjectReadContext.empty(), body.getBytes())) {
      boolean wellFormed =
          json.nextToken() == JsonToken.START_OBJECT
              && "level".equals(json.nextName())
              && json.nextToken() == JsonToken.VALUE_STRING;
      String name = wellFormed ? json.getString() : "";
      boolean complete = json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      return Stream.of(Level.values())
          .filter(level -> complete && level.name().equalsIgnoreCase(name))
          .findFirst();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
