package com.langdock.reliability.gateway.telemetry.tracing;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes log lines of OpenTelemetry's SDK, such as failed exports, into the gateway's log. The SDK
 * itself limits repeated lines.
 */
final class SdkLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkLog.class);

  /** Held here because Java logging holds loggers weakly. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter texts = new SimpleFormatter();

  private SdkLog() {}

  /** A log that is written until it is closed. */
  static SdkLog open() {
    SdkLog log = new SdkLog();
    SDK.setUseParentHandlers(false);
    SDK.addHandler(log);
    return log;
  }

  @Override
  public void publish(LogRecord entry) {
    LOG.atLevel(level(entry))
        .addKeyValue("event", "tracing")
        .setCause(entry.getThrown())
        .log("{}", texts.formatMessage(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    SDK.removeHandler(this);
  }

  /** At most a warning: requests continue without traces. */
  private static Level level(LogRecord entry) {
    int level = entry.getLevel().intValue();
    if (level >= java.util.logging.Level.WARNING.intValue()) {
      return Level.WARN;
    }
    return level >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
  }
}
