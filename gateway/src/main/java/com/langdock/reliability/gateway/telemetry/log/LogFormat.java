package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** How log lines look. */
public enum LogFormat {
  /** One JSON object a line, for machines. */
  JSON,
  /** One aligned line, for people. */
  TEXT;

  /** Appends {@code event} as one line, its end included. */
  void append(ILoggingEvent event, StringBuilder lines) {
    switch (this) {
      case JSON -> JsonLines.append(event, lines);
      case TEXT -> TextLines.append(event, lines);
    }
  }
}
