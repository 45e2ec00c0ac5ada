package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot.Attempts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The figures of the last minute, and their history over the last quarter of an hour.
 *
 * <p>Requests pay nothing for them: once a second the meters are read and compared with their
 * values of a minute before. Thread-safe.
 */
final class LiveFigures {
  /** The figures are over this many seconds. */
  static final int WINDOW_SECONDS = 60;

  /** Seconds between two points of the history. */
  static final int STEP_SECONDS = 5;

  private static final int POINTS = (int) TimeUnit.MINUTES.toSeconds(15) / STEP_SECONDS;

  private final Supplier<MeterSnapshot> meters;
  private final Ticker ticker;
  private final Deque<MeterSnapshot> window = new ArrayDeque<>(WINDOW_SECONDS + 1);
  private final Deque<Figures> history = new ArrayDeque<>(POINTS);
  private final long startedAt;
  private long readings = 1;

  /** Figures of {@code meters}, which have counted nothing yet. */
  LiveFigures(Supplier<MeterSnapshot> meters, Ticker ticker) {
    this.meters = meters;
    this.ticker = ticker;
    this.startedAt = ticker.nanos();
    window.addLast(MeterSnapshot.atStart(ticker.unixMillis()));
    history.addLast(now());
  }

  /** How long the gateway has been running. */
  long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - startedAt);
  }

  /** Reads the meters; to be called once a second. */
  synchronized void read() {
    if (window.size() > WINDOW_SECONDS) {
      window.removeFirst();
    }
    window.addLast(meters.get());
    if (readings++ % STEP_SECONDS == 0) {
      if (history.size() == POINTS) {
        history.removeFirst();
      }
      history.addLast(now());
    }
  }

  /** The last minute, or as much of it as was read. */
  synchronized Figures now() {
    return Figures.between(window.getFirst(), window.getLast());
  }

  /** The points of the last quarter of an hour, oldest first. */
  synchronized List<Figures> history() {
    return new ArrayList<>(history);
  }

  /** Attempts at {@code target} in the last minute. */
  synchronized Attempts attempts(Target target) {
    return window.getLast().attemptsSince(window.getFirst(), target);
  }
}
