package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.FailureText;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.journal.store.StepRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Lists what happened in a request, in order, as text for people. */
final class Timeline {
  /** The order of entries within one microsecond: ends come before what follows from them. */
  private static final List<String> ORDER =
      List.of(
          "failed",
          "cancelled",
          "breaker",
          "refused",
          "skipped",
          "wait",
          "moved",
          "attempt",
          "continued",
          "first_content",
          "succeeded");

  private final List<TimelineEntry> lines = new ArrayList<>();

  private Timeline() {}

  /** The timeline of {@code entry}, with the changes of breakers while it ran. */
  static List<TimelineEntry> of(JournalEntry entry, List<BreakerRow> changes) {
    Timeline timeline = new Timeline();
    entry.steps().forEach(timeline::step);
    entry.attempts().forEach(timeline::attempt);
    changes.forEach(change -> timeline.change(change, entry.request().times().startedAt()));
    timeline.lines.sort(
        Comparator.comparingLong(TimelineEntry::atMicros)
            .thenComparingInt(line -> ORDER.indexOf(line.kind())));
    timeline.end(entry.request());
    return timeline.lines;
  }

  private void attempt(AttemptRow attempt) {
    long start = attempt.times().startMicros();
    String probe = attempt.probe() ? ", a probe of its half-open circuit" : "";
    add(start, "attempt", attempt, "called " + attempt.target() + probe);
    if (attempt.times().firstTokenMicros() != null) {
      long first = attempt.times().firstTokenMicros();
      add(
          start + first,
          "first_content",
          attempt,
          "first content after " + FailureText.length(first));
    }
    long end = start + attempt.times().latencyMicros();
    String took = " after " + FailureText.length(attempt.times().latencyMicros());
    switch (attempt.result().status()) {
      case SUCCESS -> add(end, "succeeded", attempt, attempt.target() + " answered" + took);
      case FAILED -> {
        String how = Objects.requireNonNullElse(attempt.result().errorMessage(), "failed");
        String length = " (" + FailureText.length(attempt.times().latencyMicros()) + ")";
        add(end, "failed", attempt, attempt.target() + " " + how + length);
      }
      case CANCELLED -> add(end, "cancelled", attempt, attempt.target() + " was cancelled" + took);
      case IN_PROGRESS, INVALID -> {
        // It has no end yet.
      }
    }
  }

  private void add(long at, String kind, AttemptRow attempt, String text) {
    lines.add(new TimelineEntry(at, kind, attempt.number(), attempt.target(), null, text));
  }

  private void step(StepRow step) {
    String reason = step.reason() == null ? "" : FailureText.refusal(step.reason());
    String text =
        switch (step.kind()) {
          case WAIT -> "waits " + FailureText.length(wait(step)) + " for " + step.target();
          case MOVED -> "moves on to " + step.target() + ": " + reason;
          case REFUSED -> "does not call " + step.target() + ": " + reason;
          case SKIPPED -> "skips " + step.target() + ": its format cannot express the request";
          case CONTINUED -> "continues the stream at " + step.target();
        };
    lines.add(
        new TimelineEntry(
            step.atMicros(), Labels.of(step.kind()), null, step.target(), step.waitMicros(), text));
  }

  private static long wait(StepRow step) {
    return Objects.requireNonNullElse(step.waitMicros(), 0L);
  }

  private void change(BreakerRow change, long requestStart) {
    long at = TimeUnit.MILLISECONDS.toMicros(change.at() - requestStart);
    String text =
        "the circuit of %s is %s: %s".formatted(change.breaker(), change.to(), change.why());
    lines.add(new TimelineEntry(Math.max(0, at), "breaker", null, null, null, text));
  }

  private void end(RequestRow request) {
    if (request.result().outcome() == RequestOutcome.FAILED) {
      addEnd(request, "gave_up", "gave up: " + request.result().code());
    } else if (request.result().outcome() == RequestOutcome.CANCELLED) {
      addEnd(request, "cancelled", "the client left");
    } else if (request.result().outcome() == RequestOutcome.INVALID) {
      String field = request.result().param() == null ? "" : " in " + request.result().param();
      addEnd(request, "refused", "refused by validation: " + request.result().code() + field);
    }
  }

  private void addEnd(RequestRow request, String kind, String text) {
    lines.add(new TimelineEntry(request.times().latencyMicros(), kind, null, null, null, text));
  }
}
