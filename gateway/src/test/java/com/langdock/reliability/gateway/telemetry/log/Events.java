package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Log events for tests, all at the same moment. */
final class Events {
  private static final LoggerContext CONTEXT = new LoggerContext();

  private Events() {}

  static LoggingEvent event(Level level, String message, KeyValuePair... fields) {
    return failed(level, message, null, fields);
  }

  static LoggingEvent failed(
      Level level, String message, @Nullable Throwable thrown, KeyValuePair... fields) {
    LoggingEvent event =
        new LoggingEvent("caller", CONTEXT.getLogger("io.vertx.X"), level, message, thrown, null);
    event.setInstant(Instant.parse("2026-11-23T09:00:00.120456Z"));
    for (KeyValuePair field : fields) {
      event.addKeyValuePair(field);
    }
    return event;
  }

  static KeyValuePair field(String key, @Nullable Object value) {
    return new KeyValuePair(key, value);
  }
}
