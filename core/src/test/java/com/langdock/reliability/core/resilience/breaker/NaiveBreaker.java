package com.langdock.reliability.core.resilience.breaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a circuit breaker as a history that forgets nothing: every answer is worked out from
 * the full list of eras (times in one state) and of tickets (permits).
 */
final class NaiveBreaker {
  private record Era(int number, BreakerState state, long from, long openNanos) {}

  static final class Ticket {
    private final int era;
    private final long givenAt;
    private @Nullable Verdict verdict;
    private long slice;

    private Ticket(int era, long givenAt) {
      this.era = era;
      this.givenAt = givenAt;
    }
  }

  /** All that can be seen of a breaker, and what it told of its changes. */
  record Seen(
      BreakerState state,
      boolean wouldAdmit,
      int failuresInARow,
      int windowCalls,
      int windowFailures,
      List<BreakerState> changes) {}

  private final List<BreakerState> changes = new ArrayList<>();
  private final BreakerRules rules;
  private final List<Era> eras = new ArrayList<>();
  private final List<Ticket> tickets = new ArrayList<>();
  private final List<Ticket> reported = new ArrayList<>();

  NaiveBreaker(BreakerRules rules, long now) {
    this.rules = rules;
    eras.add(new Era(0, BreakerState.CLOSED, now, 0));
  }

  Seen seen(long now) {
    return new Seen(
        state(), wouldAdmit(now), failuresInARow(), windowCalls(now), windowFailures(now), changes);
  }

  Optional<Ticket> tryAcquire(long now) {
    if (!wouldAdmit(now)) {
      return Optional.empty();
    }
    if (state() == BreakerState.OPEN) {
      enter(BreakerState.HALF_OPEN, now, 0);
    }
    Ticket ticket = new Ticket(eras.getLast().number(), now);
    tickets.add(ticket);
    return Optional.of(ticket);
  }

  private boolean wouldAdmit(long now) {
    return switch (state()) {
      case CLOSED -> true;
      case OPEN -> now - eras.getLast().from() >= eras.getLast().openNanos();
      case HALF_OPEN -> probesUnderWay(now) < rules.halfOpenProbes();
    };
  }

  long probesUnderWay(long now) {
    return tickets.stream()
        .filter(ticket -> isOfTheEra(ticket) && ticket.verdict == null)
        .filter(ticket -> now - ticket.givenAt < rules.openNanos())
        .count();
  }

  void report(Ticket ticket, Verdict verdict, long now) {
    if (!isOfTheEra(ticket) || ticket.verdict != null) {
      return;
    }
    ticket.verdict = verdict;
    ticket.slice = slice(now);
    if (verdict != Verdict.IGNORE) {
      reported.add(ticket);
    }
    if (verdict == Verdict.OPEN) {
      enter(BreakerState.OPEN, now, 5 * rules.openNanos());
    } else if (verdict == Verdict.FAILURE && mustOpen(now)) {
      enter(BreakerState.OPEN, now, rules.openNanos());
    } else if (state() == BreakerState.HALF_OPEN && successes() == rules.halfOpenProbes()) {
      enter(BreakerState.CLOSED, now, 0);
    }
  }

  /** Whether the ticket is a call of the era that was reported: to be said once. */
  boolean counted(Ticket ticket) {
    return isOfTheEra(ticket) && ticket.verdict != null && state() == BreakerState.CLOSED;
  }

  private boolean mustOpen(long now) {
    return state() == BreakerState.HALF_OPEN
        || failuresInARow() >= rules.threshold()
        || (windowCalls(now) >= rules.minimumCalls()
            && windowFailures(now) >= rules.failureRate() * windowCalls(now));
  }

  private int failuresInARow() {
    List<Ticket> calls = calls();
    int count = 0;
    while (count < calls.size() && calls.get(calls.size() - 1 - count).verdict == Verdict.FAILURE) {
      count++;
    }
    return count;
  }

  private int windowCalls(long now) {
    return (int) calls().stream().filter(call -> isInWindow(call, now)).count();
  }

  private int windowFailures(long now) {
    return (int)
        calls().stream()
            .filter(call -> isInWindow(call, now) && call.verdict == Verdict.FAILURE)
            .count();
  }

  private boolean isInWindow(Ticket call, long now) {
    return slice(now) - call.slice < 10;
  }

  private long successes() {
    return reported.stream()
        .filter(ticket -> isOfTheEra(ticket) && ticket.verdict == Verdict.SUCCESS)
        .count();
  }

  /** Tenths of the window since the era began. */
  private long slice(long now) {
    return (now - eras.getLast().from()) / (rules.windowNanos() / 10);
  }

  /** The successes and failures of calls in the era, in order; probes are not calls. */
  private List<Ticket> calls() {
    return reported.stream()
        .filter(ticket -> isOfTheEra(ticket) && state() == BreakerState.CLOSED)
        .toList();
  }

  private boolean isOfTheEra(Ticket ticket) {
    return ticket.era == eras.getLast().number();
  }

  private BreakerState state() {
    return eras.getLast().state();
  }

  private void enter(BreakerState state, long now, long openNanos) {
    eras.add(new Era(eras.size(), state, now, openNanos));
    changes.add(state);
  }
}
