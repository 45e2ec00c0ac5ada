package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.management.Totals.Attempts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The figures of the last minute, and of each moment of the last quarter of an hour.
 *
 * <p>Requests pay nothing for them: once a second the meters are read, as a scrape would, and
 * compared with what they said a minute before. Thread-safe.
 */
public final class LiveFigures {
  /** The figures are over this many seconds. */
  static final int WINDOW_SECONDS = 60;

  /** Seconds between two points of the history. */
  static final int STEP_SECONDS = 5;

  private static final int POINTS = (int) TimeUnit.MINUTES.toSeconds(15) / STEP_SECONDS;

  private final PrometheusRegistry registry;
  private final Ticker ticker;
  private final Deque<Totals> window = new ArrayDeque<>(WINDOW_SECONDS + 1);
  private final Deque<Figures> history = new ArrayDeque<>(POINTS);
  private final long began;
  private long readings = 1;

  /** Figures of the meters in {@code registry}, which have counted nothing yet. */
  public LiveFigures(PrometheusRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
    this.began = ticker.nanos();
    window.addLast(Totals.atStart(ticker.unixMillis()));
    history.addLast(now());
  }

  /** Since when it reads, which is as long as the gateway runs. */
  long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - began);
  }

  /** Reads the meters; to be called once a second. */
  public synchronized void read() {
    if (window.size() > WINDOW_SECONDS) {
      window.removeFirst();
    }
    window.addLast(MeterReading.read(registry, ticker.unixMillis()));
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
    return window.getLast().attempts(target, window.getFirst());
  }
}
