package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs the events of every request, for which SLF4J's builder costs more than writing the line.
 * Thread-safe.
 */
public final class LineLog {
  private final Logger logger;

  /** A log of that name, below which levels can be set. */
  public LineLog(String name) {
    this.logger = (Logger) LoggerFactory.getLogger(name);
  }

  /** Whether lines of this level are logged now. */
  public boolean shows(Level level) {
    return logger.isEnabledFor(logback(level));
  }

  /** Begins a line about {@code event}, which happened at {@code unixMillis}. */
  public Line line(String event, long unixMillis) {
    return new Line(event, unixMillis);
  }

  /** Logs a line whose fields are complete. */
  public void log(Level level, String message, Line line) {
    if (shows(level)) {
      line.setLoggerName(logger.getName());
      line.setLevel(logback(level));
      line.setMessage(message);
      logger.callAppenders(line);
    }
  }

  private static ch.qos.logback.classic.Level logback(Level level) {
    return ch.qos.logback.classic.Level.convertAnSLF4JLevel(level);
  }
}
