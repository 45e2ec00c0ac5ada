package com.langdock.reliability.core.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a circuit breaker as a history that forgets nothing: every answer is worked out from
 * the full list of eras (times in one state) and of tickets (permits).
 */
final class NaiveBreaker {
  private static final int SLICES = 30;
  private static final long SECOND = 1_000_000_000L;

  /** How long a breaker is open, and until when; an era of another state keeps what was before. */
  private record Opening(long nanos, long until, boolean forLong, long earlyAt) {}

  private record Era(int number, BreakerState state, long from, Opening opening, boolean early) {}

  static final class Ticket {
    private final int era;
    private final long givenAt;
    private @Nullable Outcome outcome;
    private long endSlice;
    private boolean late;

    private Ticket(int era, long givenAt) {
      this.era = era;
      this.givenAt = givenAt;
    }
  }

  /** The observable state of a breaker, and its published changes. */
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
    eras.add(new Era(0, BreakerState.CLOSED, now, new Opening(0, now, false, now), false));
  }

  Seen seen(long now) {
    return new Seen(
        state(),
        wouldAdmit(now),
        failuresInARow(),
        (int) window(now).count(),
        (int) failed(window(now)),
        changes);
  }

  Optional<Ticket> tryAcquire(long now) {
    return wouldAdmit(now) ? Optional.of(acquire(false, now)) : Optional.empty();
  }

  Optional<Ticket> tryAcquireEarly(long now) {
    Opening opening = era().opening();
    boolean early =
        state() == BreakerState.OPEN && !opening.forLong() && now - opening.earlyAt() >= 0;
    return early || wouldAdmit(now)
        ? Optional.of(acquire(!wouldAdmit(now), now))
        : Optional.empty();
  }

  private Ticket acquire(boolean early, long now) {
    if (state() == BreakerState.OPEN) {
      enter(BreakerState.HALF_OPEN, era().opening(), early, now);
    }
    Ticket ticket = new Ticket(era().number(), now);
    tickets.add(ticket);
    return ticket;
  }

  private boolean wouldAdmit(long now) {
    return switch (state()) {
      case CLOSED -> true;
      case OPEN -> now - era().opening().until() >= 0;
      case HALF_OPEN -> probesUnderWay(now) < rules.halfOpenProbes();
    };
  }

  long probesUnderWay(long now) {
    long lostAfter = Math.max(era().opening().nanos(), rules.firstOpenNanos());
    return tickets.stream()
        .filter(ticket -> isOfTheEra(ticket) && ticket.outcome == null)
        .filter(ticket -> now - ticket.givenAt < lostAfter)
        .count();
  }

  void report(Ticket ticket, Outcome outcome, long now) {
    if (!isOfTheEra(ticket) || ticket.outcome != null) {
      return;
    }
    ticket.outcome = outcome;
    ticket.endSlice = slice(now);
    ticket.late = slice(now) - slice(ticket.givenAt) >= SLICES;
    if (outcome != Outcome.IGNORE) {
      reported.add(ticket);
    }
    if (outcome == Outcome.OPEN) {
      long until = now + 5 * rules.maxOpenNanos();
      enter(
          BreakerState.OPEN,
          new Opening(rules.maxOpenNanos(), until, true, now + SECOND),
          false,
          now);
    } else if (outcome == Outcome.FAILURE && state() == BreakerState.HALF_OPEN) {
      probeFailed(now);
    } else if (outcome == Outcome.FAILURE && mustOpen(ticket, now)) {
      open(rules.firstOpenNanos(), now);
    } else if (state() == BreakerState.HALF_OPEN && successes() == rules.halfOpenProbes()) {
      enter(BreakerState.CLOSED, era().opening(), false, now);
    }
  }

  private void probeFailed(long now) {
    Opening opening = era().opening();
    if (era().early() && opening.until() - now > 0) {
      Opening goesOn = new Opening(opening.nanos(), opening.until(), false, now + SECOND);
      enter(BreakerState.OPEN, goesOn, false, now);
    } else {
      open(Math.min(rules.maxOpenNanos(), 2 * opening.nanos()), now);
    }
  }

  private void open(long nanos, long now) {
    enter(BreakerState.OPEN, new Opening(nanos, now + nanos, false, now + SECOND), false, now);
  }

  /** Whether the ticket is a call of the era that was reported: to be said once. */
  boolean counted(Ticket ticket) {
    return isOfTheEra(ticket) && ticket.outcome != null && state() == BreakerState.CLOSED;
  }

  private boolean mustOpen(Ticket failed, long now) {
    boolean few = window(now).count() < rules.minimumCalls();
    int run = failuresInARow();
    long undecided =
        inTime(now)
            .filter(call -> call.outcome == null && slice(call.givenAt) <= slice(failed.givenAt))
            .count();
    boolean sure = run / (double) (run + undecided) >= (1 + rules.failureRate()) / 2;
    return (few && run >= rules.threshold() && sure)
        || partFails(failed, now)
        || wholeFails(failed, now);
  }

  /** Some newest part of the window, as old as the failed call and older, has many failures. */
  private boolean partFails(Ticket failed, long now) {
    for (long from = slice(failed.givenAt); from > slice(now) - SLICES; from--) {
      long oldest = from;
      List<Ticket> part =
          inTime(now)
              .filter(call -> slice(call.givenAt) >= oldest)
              .filter(call -> slice(call.givenAt) <= slice(failed.givenAt))
              .toList();
      if (part.size() >= 5 * rules.minimumCalls()
          && failed(part.stream()) / (double) part.size() >= (1 + rules.failureRate()) / 2) {
        return true;
      }
    }
    return false;
  }

  private boolean wholeFails(Ticket failed, long now) {
    List<Ticket> inTime =
        inTime(now).filter(call -> slice(call.givenAt) <= slice(failed.givenAt)).toList();
    List<Ticket> late = late(now).toList();
    boolean lasting =
        !late.isEmpty() || inTime.stream().anyMatch(call -> slice(now) - slice(call.givenAt) >= 2);
    int calls = inTime.size() + late.size();
    long failures = failed(inTime.stream()) + failed(late.stream());
    double enough = lasting ? rules.failureRate() : (1 + rules.failureRate()) / 2;
    return calls >= rules.minimumCalls() && failures / (double) calls >= enough;
  }

  private Stream<Ticket> window(long now) {
    return Stream.concat(inTime(now), late(now));
  }

  /** Calls that began within the window, in flight or ended. */
  private Stream<Ticket> inTime(long now) {
    return tickets.stream()
        .filter(this::isCall)
        .filter(call -> !call.late && slice(now) - slice(call.givenAt) < SLICES);
  }

  /** Calls that lasted longer than the window and ended within it. */
  private Stream<Ticket> late(long now) {
    return tickets.stream()
        .filter(this::isCall)
        .filter(call -> call.late && slice(now) - call.endSlice < SLICES);
  }

  private boolean isCall(Ticket ticket) {
    return isOfTheEra(ticket) && state() == BreakerState.CLOSED && ticket.outcome != Outcome.IGNORE;
  }

  private static long failed(Stream<Ticket> calls) {
    return calls.filter(call -> call.outcome == Outcome.FAILURE).count();
  }

  private int failuresInARow() {
    List<Ticket> calls = reported.stream().filter(this::isCall).toList();
    int count = 0;
    while (count < calls.size() && calls.get(calls.size() - 1 - count).outcome == Outcome.FAILURE) {
      count++;
    }
    return count;
  }

  private long successes() {
    return reported.stream()
        .filter(ticket -> isOfTheEra(ticket) && ticket.outcome == Outcome.SUCCESS)
        .count();
  }

  /** Thirtieths of the window since the era began. */
  private long slice(long at) {
    return (at - era().from()) / Math.max(1, rules.windowNanos() / SLICES);
  }

  private boolean isOfTheEra(Ticket ticket) {
    return ticket.era == era().number();
  }

  private Era era() {
    return eras.getLast();
  }

  private BreakerState state() {
    return era().state();
  }

  private void enter(BreakerState state, Opening opening, boolean early, long now) {
    eras.add(new Era(eras.size(), state, now, opening, early));
    changes.add(state);
  }
}
