package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalState;
import com.langdock.reliability.gateway.journal.JournalState.Counts;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** What the journal wrote, lost and has still to write, and whether its store is there. */
final class JournalMeters {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final MeterRegistry registry;
  private final Journal journal;
  private final Ticker ticker;

  private JournalMeters(MeterRegistry registry, Journal journal, Ticker ticker) {
    this.registry = registry;
    this.journal = journal;
    this.ticker = ticker;
  }

  /** Shows {@code journal} in {@code registry} from now on. */
  static void register(MeterRegistry registry, Journal journal, Ticker ticker) {
    JournalMeters meters = new JournalMeters(registry, journal, ticker);
    meters.counters();
    meters.gauges();
  }

  private void counters() {
    counter("rows", "Requests, contents and breaker changes written.", Counts::written);
    counter("rows.lost", "Those dropped: no room, no store, or refused by it.", Counts::lost);
    counter("rows.refused", "Those dropped because the database refuses them.", Counts::refused);
    counter("answers.late", "Answers sent before their row was written (sync).", Counts::late);
  }

  private void gauges() {
    Gauge.builder("gateway.journal.queue.size", () -> journal.state().counts().waiting())
        .description("Items that wait to be written to the journal.")
        .register(registry);
    Gauge.builder("gateway.journal.stalled.seconds", this::stalledSeconds)
        .description("How long the journal has not been able to write, 0 while it can.")
        .register(registry);
    for (Status status : Status.values()) {
      Gauge.builder("gateway.journal.state", () -> journal.state().status() == status ? 1 : 0)
          .description("1 for the status that the journal is in.")
          .tag("state", Labels.of(status))
          .register(registry);
    }
  }

  private void counter(String name, String description, ToLongFunction<Counts> count) {
    FunctionCounter.builder(
            "gateway.journal." + name, journal, shown -> count.applyAsLong(shown.state().counts()))
        .description(description)
        .register(registry);
  }

  private double stalledSeconds() {
    JournalState state = journal.state();
    return state.status() == Status.OPEN
        ? 0
        : Math.max(0, ticker.unixMillis() - state.since()) / MILLIS_PER_SECOND;
  }
}
