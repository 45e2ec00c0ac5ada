package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes an event for people: time (UTC), level, event and request in columns, then the message and
 * the other fields as {@code key=value}. Only a stack takes more than one line.
 */
final class TextLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LEVEL_WIDTH = "ERROR ".length();
  private static final int EVENT_WIDTH = "request_succeeded ".length();

  private TextLines() {}

  static void append(ILoggingEvent event, StringBuilder line) {
    TIME.formatTo(event.getInstant(), line);
    line.append(' ');
    column(event.getLevel().toString(), LEVEL_WIDTH, line);
    column(Fields.eventName(event), EVENT_WIDTH, line);
    Object requestId = Fields.requestId(event);
    if (requestId != null) {
      line.append(requestId).append(' ');
    }
    appendOnOneLine(event.getFormattedMessage(), line);
    Fields.forEachOther(event, (key, value) -> field(key, value.toString(), line));
    if (!Fields.isNamed(event)) {
      field("logger", event.getLoggerName(), line);
    }
    exception(event, line);
    line.append('\n');
  }

  private static void column(String text, int width, StringBuilder line) {
    line.append(text).repeat(' ', Math.max(1, width - text.length()));
  }

  private static void field(String key, String value, StringBuilder line) {
    line.append("  ").append(key).append('=');
    boolean isWord = !value.isEmpty() && value.chars().allMatch(TextLines::isPlain);
    if (isWord) {
      line.append(value);
    } else {
      Fields.quote(value, line);
    }
  }

  private static boolean isPlain(int character) {
    return character > ' ' && character != '"' && character != '\\' && character != 0x7f;
  }

  /** Escapes line ends, so that a message cannot forge a line. */
  private static void appendOnOneLine(String message, StringBuilder line) {
    for (int i = 0; i < message.length(); i++) {
      char character = message.charAt(i);
      line.append(Character.isISOControl(character) ? ' ' : character);
    }
  }

  private static void exception(ILoggingEvent event, StringBuilder line) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return;
    }
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      line.append('\n').append(ThrowableProxyUtil.asString(thrown).stripTrailing());
    } else {
      field("exception", thrown.getClassName() + ": " + thrown.getMessage(), line);
    }
  }
}
