package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** {@code /api/log-level}: shows and changes the lowest level that is logged. */
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
    String level = Labels.of(log.level());
    Responses.json(request, 200, json -> json.writeStringProperty("level", level));
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
    AdminLog.changed(request, "set_log_level", Labels.of(level.get()));
    show(request);
  }

  /** The level that {@code {"level": …}} names, empty when the body is anything else. */
  private static Optional<Level> level(Buffer body) {
    Map<String, String> fields = JsonPut.stringFields(body);
    return Stream.of(Level.values())
        .filter(level -> fields.size() == 1 && level.name().equalsIgnoreCase(fields.get("level")))
        .findFirst();
  }
}
