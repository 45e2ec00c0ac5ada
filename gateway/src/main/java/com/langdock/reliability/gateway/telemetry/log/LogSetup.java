package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of the process. It is started first; closing it writes the waiting lines.
 *
 * <p>Logback is set up here in code; there is no configuration file. Libraries never log below
 * info, whatever the level: their debug lines show message contents and keys.
 */
public final class LogSetup implements AutoCloseable {
  private static final String OURS = "com.langdock.reliability";

  private final Logger root;
  private final Logger ours;
  private final LineWriter writer;

  private volatile Level level = Level.INFO;

  private LogSetup(LoggerContext context, LineWriter writer) {
    this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    this.ours = context.getLogger(OURS);
    this.writer = writer;
  }

  /** Starts to log to standard output, replacing any earlier setup. */
  public static LogSetup start(Level level, LogFormat format) {
    return start((LoggerContext) LoggerFactory.getILoggerFactory(), level, format, System.out);
  }

  static LogSetup start(LoggerContext context, Level level, LogFormat format, PrintStream output) {
    context.reset();
    LineWriter writer = new LineWriter(format, output, context.getLogger(LineWriter.class));
    writer.setContext(context);
    writer.start();
    LogSetup setup = new LogSetup(context, writer);
    setup.root.addAppender(writer);
    setup.level(level);
    return setup;
  }

  /** The lowest level that is logged. */
  public Level level() {
    return level;
  }

  /** Changes the lowest level that is logged. */
  public void level(Level wanted) {
    boolean chattier = wanted.toInt() < Level.INFO.toInt();
    ours.setLevel(logback(wanted));
    root.setLevel(logback(chattier ? Level.INFO : wanted));
    level = wanted;
  }

  /** Lines dropped so far because the queue was full. */
  public long linesLost() {
    return writer.linesLost();
  }

  /** Writes the waiting lines, for two seconds at most, and stops. */
  @Override
  public void close() {
    root.detachAppender(writer);
    writer.stop();
  }

  private static ch.qos.logback.classic.Level logback(Level level) {
    return ch.qos.logback.classic.Level.convertAnSLF4JLevel(level);
  }
}
