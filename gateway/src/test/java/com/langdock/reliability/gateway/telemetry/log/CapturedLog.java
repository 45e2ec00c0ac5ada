package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps the gateway's log lines, as JSON, from its making until it is closed. */
public final class CapturedLog implements AutoCloseable {
  private final Logger ours = (Logger) LoggerFactory.getLogger("com.langdock.reliability");
  private final Level levelBefore = ours.getEffectiveLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Keeper keeper = new Keeper();

  /** Captures lines of every level. */
  public CapturedLog() {
    keeper.setContext(ours.getLoggerContext());
    keeper.start();
    ours.setAdditive(false);
    ours.addAppender(keeper);
    ours.setLevel(Level.TRACE);
  }

  /** The lines so far, each without its {@code ts} and without its end. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    ours.detachAppender(keeper);
    ours.setLevel(levelBefore);
    ours.setAdditive(true);
  }

  private final class Keeper extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      StringBuilder line = new StringBuilder();
      LogFormat.JSON.append(event, line);
      lines.add(line.toString().strip().replaceFirst("\"ts\":\"[^\"]+\",", ""));
    }
  }
}
