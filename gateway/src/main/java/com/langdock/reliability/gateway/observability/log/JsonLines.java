package com.langdock.reliability.gateway.observability.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.Locale;

/**
 * Writes an event as one JSON object: {@code ts}, {@code level}, {@code event}, {@code message},
 * {@code request_id}, then its other fields in the order given.
 */
final class JsonLines {
  private JsonLines() {}

  static void append(ILoggingEvent event, StringBuilder line) {
    line.append("{\"ts\":\"");
    Timestamps.append(event.getInstant(), line);
    line.append('"');
    field("level", event.getLevel().toString().toLowerCase(Locale.ROOT), line);
    field("event", Fields.eventName(event), line);
    field("message", event.getFormattedMessage(), line);
    Object requestId = Fields.requestId(event);
    if (requestId != null) {
      field("request_id", requestId, line);
    }
    Fields.forEachOther(event, (key, value) -> field(key, value, line));
    if (!Fields.isNamed(event)) {
      field("logger", event.getLoggerName(), line);
    }
    exception(event, line);
    line.append("}\n");
  }

  /** A stack only where somebody must look; elsewhere the exception's own words will do. */
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
    if (isBare(value)) {
      line.append(value);
    } else {
      Fields.quote(value.toString(), line);
    }
  }

  /** Whether JSON has a literal for it: it has none for an infinite number. */
  private static boolean isBare(Object value) {
    return switch (value) {
      case Boolean truth -> true;
      case Double number -> Double.isFinite(number);
      case Float number -> Float.isFinite(number);
      case Number number -> true;
      default -> false;
    };
  }
}
