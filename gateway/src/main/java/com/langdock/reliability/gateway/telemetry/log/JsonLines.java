package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/**
 * Writes an event as one JSON object: {@code ts}, {@code level}, {@code event}, {@code message},
 * {@code request_id}, then its other fields in the order given.
 */
final class JsonLines {
  private JsonLines() {}

  static void append(ILoggingEvent event, StringBuilder line) {
    line.append("{\"ts\":\"");
    Timestamps.append(event.getTimeStamp(), line);
    line.append("\",\"level\":\"").append(label(event.getLevel())).append('"');
    if (event instanceof Line ours) {
      ours(ours, line);
    } else {
      any(event, line);
    }
    line.append("}\n");
  }

  private static void ours(Line ours, StringBuilder line) {
    plainField("event", ours.event(), line);
    plainField("message", ours.getMessage(), line);
    ours.forEachField((name, value) -> plainField(name, value, line));
  }

  private static void any(ILoggingEvent event, StringBuilder line) {
    plainField("event", Fields.eventName(event), line);
    plainField("message", event.getFormattedMessage(), line);
    Object requestId = Fields.requestId(event);
    if (requestId != null) {
      plainField("request_id", requestId, line);
    }
    Fields.forEachOther(event, (key, value) -> field(key, value, line));
    if (!Fields.isNamed(event)) {
      plainField("logger", event.getLoggerName(), line);
    }
    exception(event, line);
  }

  private static String label(Level level) {
    return switch (level.toInt()) {
      case Level.INFO_INT -> "info";
      case Level.WARN_INT -> "warn";
      case Level.ERROR_INT -> "error";
      case Level.DEBUG_INT -> "debug";
      default -> "trace";
    };
  }

  /** The stack for errors; otherwise only the exception's class and message. */
  private static void exception(ILoggingEvent event, StringBuilder line) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return;
    }
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      field("stack", ThrowableProxyUtil.asString(thrown), line);
    } else {
      field("exception", thrown.getClassName() + ": " + thrown.getMessage(), line);
    }
  }

  private static void field(String key, Object value, StringBuilder line) {
    line.append(',');
    Fields.quote(key, line);
    line.append(':');
    value(value, line);
  }

  /** A field whose name needs no escapes. */
  private static void plainField(String name, Object value, StringBuilder line) {
    line.append(",\"").append(name).append("\":");
    value(value, line);
  }

  /** JSON has no literal for an infinite number. */
  private static void value(Object value, StringBuilder line) {
    switch (value) {
      case String text -> Fields.quote(text, line);
      case Long number -> line.append(number.longValue());
      case Integer number -> line.append(number.intValue());
      case Boolean truth -> line.append(truth.booleanValue());
      case Double number when !Double.isFinite(number) -> Fields.quote(number.toString(), line);
      case Float number when !Float.isFinite(number) -> Fields.quote(number.toString(), line);
      case Number number -> line.append(number);
      default -> Fields.quote(value.toString(), line);
    }
  }
}
