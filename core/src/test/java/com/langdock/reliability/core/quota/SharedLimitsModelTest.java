package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period.Dates;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Simulates replicas that share limits through a store: with delays, lost and repeated answers,
 * replicas that die and replicas that are cut off. Checks what was admitted in every interval.
 */
class SharedLimitsModelTest {
  private static final int SEEDS = 1_500;
  private static final Dates TODAY = Dates.of(LocalDate.of(2027, 2, 28));
  private static final Claimant WHO = new Claimant(List.of(Subject.ALL), Priority.HIGH);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long TIMEOUT = 20 * MILLI;

  @Test
  void admitsNoMoreThanItsBoundWhileTheStoreAnswers() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed, false).play();
    }
  }

  @Test
  void admitsNoMoreThanItsBoundWhateverFails() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed, true).play();
    }
  }

  /** Something that happens at a moment. */
  private record Event(long at, int order, Runnable action) {}

  /** A request that was admitted. */
  private static final class Admitted {
    final long at;
    final long reserved;
    long actual;
    long settledAt = Long.MAX_VALUE;

    Admitted(long at, long reserved) {
      this.at = at;
      this.reserved = reserved;
      this.actual = reserved;
    }
  }

  private static final class Run {
    private final long seed;
    private final boolean faults;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : a.order - b.order);
    private final NaiveStore store = new NaiveStore();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Admitted> admitted = new ArrayList<>();
    private final Rate rate;
    private final long concurrent;
    private final long largest;
    private long now;
    private int order;
    private int running;
    private int mostRunning;
    private int away;
    private int emptied;
    private int deaths;

    Run(long seed, boolean faults) {
      this.seed = seed;
      this.faults = faults;
      random = new SplittableRandom(seed);
      long perMinute = 60 + random.nextLong(random.nextBoolean() ? 100_000 : 2_000);
      rate = new Rate(perMinute, 1 + random.nextLong(perMinute));
      largest = 1 + random.nextLong(Math.max(1, rate.burst() / 4));
      concurrent = 1L + random.nextInt(random.nextBoolean() ? 5 : 60);
      int count = 2 + random.nextInt(9);
      for (int i = 0; i < count; i++) {
        replicas.add(new Replica(i, count));
      }
    }

    void play() {
      int requests = 40 + random.nextInt(160);
      long length = 1 + random.nextLong(30 * SECOND);
      for (int i = 0; i < requests; i++) {
        at(random.nextLong(length), () -> anyReplica().ask(1 + random.nextLong(largest)));
      }
      if (faults) {
        for (int i = random.nextInt(6); i > 0; i--) {
          at(random.nextLong(length), this::fault);
        }
      }
      for (long time = 0; time < length + 30 * SECOND; time += 500 * MILLI) {
        at(time, () -> replicas.forEach(Replica::send));
      }
      while (!events.isEmpty()) {
        Event event = events.remove();
        now = event.at;
        event.action.run();
      }
      checkRate();
      checkSlots();
      checkNothingIsLost();
      checkNothingIsStranded();
    }

    private void at(long moment, Runnable action) {
      events.add(new Event(moment, order++, action));
    }

    private Replica anyReplica() {
      return replicas.get(random.nextInt(replicas.size()));
    }

    private void fault() {
      Replica replica = anyReplica();
      switch (random.nextInt(4)) {
        case 0 -> {
          store.clear();
          emptied++;
        }
        case 1 -> {
          replicas.set(replicas.indexOf(replica), new Replica(100 + order, replicas.size()));
          replica.die();
          deaths++;
        }
        default -> {
          replica.cutOff = true;
          at(now + random.nextLong(5 * SECOND), () -> replica.cutOff = false);
        }
      }
    }

    /** In every interval: a burst and a quarter, the rate, and what is named for failures. */
    private void checkRate() {
      admitted.sort((a, b) -> Long.compare(a.at, b.at));
      double bursts = 1.25 + emptied + (faults ? 1 + away / (double) replicas.size() : 0);
      double perNano = (double) rate.perMinute() / MINUTE;
      double rates = faults ? 2 : 1; // one that is cut off has its share beside the others
      for (int first = 0; first < admitted.size(); first++) {
        long from = admitted.get(first).at;
        double most = bursts * rate.burst() + (double) largest * replicas.size() + 1;
        for (Admitted before : admitted.subList(0, first)) {
          if (before.settledAt >= from - 2 * SECOND) {
            most += Math.max(0, before.reserved - before.actual);
          }
        }
        double used = 0;
        for (int last = first; last < admitted.size(); last++) {
          Admitted request = admitted.get(last);
          used += request.actual;
          most += Math.max(0, request.actual - request.reserved);
          double bound = most + rates * perNano * (request.at - from);
          if (used > bound + 1e-3) {
            throw new AssertionError(
                where(
                    "used "
                        + used
                        + " of "
                        + bound
                        + " in "
                        + first
                        + " to "
                        + last
                        + ", "
                        + rate
                        + ", "
                        + replicas.size()
                        + " replicas"));
          }
        }
      }
    }

    private void checkSlots() {
      long most = faults ? 2 * concurrent + replicas.size() + away * concurrent : concurrent;
      assertThat(mostRunning).as(() -> where("slots")).isLessThanOrEqualTo((int) most);
      assertThat(running).as(() -> where("slots that are left")).isZero();
    }

    /** What the store charged is what was used, or more where commands were lost. */
    private void checkNothingIsLost() {
      replicas.forEach(Replica::exchangeAtOnce);
      long used = admitted.stream().mapToLong(request -> request.actual).sum();
      if (!faults) {
        assertThat(store.charged()).as(() -> where("charged")).isEqualTo(used);
      } else if (away == 0 && emptied == 0 && deaths == 0) {
        assertThat(store.charged()).as(() -> where("charged")).isGreaterThanOrEqualTo(used);
      }
    }

    /** After a lease and enough time to fill, one replica gets all there is. */
    private void checkNothingIsStranded() {
      replicas.forEach(Replica::exchangeAtOnce);
      now += rate.burst() * (MINUTE / rate.perMinute() + 1) + 30 * SECOND + MINUTE;
      replicas.forEach(Replica::exchangeAtOnce);
      Replica one = anyReplica();
      for (long i = 0; i < concurrent; i++) {
        one.exchangeAtOnce();
        now += 250 * MILLI;
        Decision decision = one.decideAtOnce(i == 0 ? rate.burst() : 0);
        assertThat(decision)
            .as(() -> where("stranded, " + rate + ", " + concurrent))
            .isInstanceOf(Reservation.class);
      }
    }

    private String where(String what) {
      return "seed " + seed + (faults ? " with faults: " : ": ") + what;
    }

    /** One process and its thread that talks to the store. */
    private final class Replica {
      private final int id;
      private final Quotas quotas;
      private final Allotments allotments;
      private final List<Runnable> waiting = new ArrayList<>();
      private final List<Admitted> mine = new ArrayList<>();
      private boolean sending;
      private boolean cutOff;
      private boolean dead;
      private int failures;

      Replica(int id, int count) {
        this.id = id;
        quotas = new Quotas(SharingRules.STANDARD, false, new SharedRules(count, true, false));
        allotments = Objects.requireNonNull(quotas.allotments());
        quotas.limits(
            Subject.ALL,
            new SubjectLimits(new Rates(null, rate, concurrent), Map.of(), List.of(), false),
            now);
        allotments.wake(() -> at(now, this::send));
      }

      void ask(long amount) {
        decide(amount, now + TIMEOUT);
      }

      private void decide(long amount, long until) {
        if (dead) {
          return;
        }
        Demand demand = new Demand(amount, 0, 0);
        boolean last = now >= until || allotments.isAway();
        Decision decision =
            last
                ? quotas.reserveAlone(WHO, demand, now, TODAY)
                : quotas.reserve(WHO, demand, now, TODAY);
        switch (decision) {
          case Refusal refusal -> assertThat(refusal.remaining()).isNotNegative();
          case Unavailable never -> throw new AssertionError(where("unavailable"));
          case Reservation reservation -> begin(reservation, amount);
          case Shortage missing -> {
            boolean[] once = new boolean[1];
            Runnable again =
                () -> {
                  if (!once[0]) {
                    once[0] = true;
                    decide(amount, until);
                  }
                };
            waiting.add(again);
            at(until, again);
          }
        }
      }

      private void begin(Reservation reservation, long amount) {
        Admitted request = new Admitted(now, amount);
        admitted.add(request);
        mine.add(request);
        running++;
        mostRunning = Math.max(mostRunning, running);
        at(
            now + random.nextLong(random.nextBoolean() ? 50 * MILLI : 3 * SECOND),
            () -> {
              if (dead) {
                return;
              }
              request.actual =
                  switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> amount + random.nextLong(largest);
                    default -> random.nextLong(amount + 1);
                  };
              request.settledAt = now;
              running--;
              mine.remove(request);
              quotas.settle(reservation, new Usage(request.actual, 0, 0), 0, 1, now);
            });
      }

      void die() {
        dead = true;
        running -= mine.size();
      }

      void send() {
        if (dead || sending) {
          return;
        }
        boolean wasAway = allotments.isAway();
        List<Draw> draws = wasAway ? List.of() : allotments.take(10, now);
        if (draws.isEmpty() && !wasAway) {
          return;
        }
        sending = true;
        List<Runnable> asked = List.copyOf(waiting);
        waiting.clear();
        long sentAt = now;
        boolean lost = faults && (cutOff || random.nextInt(20) == 0);
        boolean arrives = !lost || (random.nextBoolean() && !cutOff);
        long there = random.nextLong(3 * MILLI);
        if (arrives) {
          at(
              now + there,
              () -> {
                List<Draw.Answer> answers =
                    draws.stream().map(draw -> store.answer(id, draw, now)).toList();
                if (!lost) {
                  at(now + there, () -> answered(draws, answers, sentAt, asked));
                }
              });
        }
        if (lost) {
          at(now + TIMEOUT, () -> failed(draws, asked));
        }
      }

      private void answered(
          List<Draw> draws, List<Draw.Answer> answers, long sentAt, List<Runnable> asked) {
        failures = 0;
        allotments.away(false, now);
        for (int i = 0; i < draws.size(); i++) {
          allotments.answered(draws.get(i), answers.get(i), sentAt, now);
          if (random.nextInt(8) == 0) {
            allotments.answered(draws.get(i), answers.get(i), sentAt, now);
          }
        }
        done(asked);
      }

      private void failed(List<Draw> draws, List<Runnable> asked) {
        draws.forEach(allotments::failed);
        if (++failures == 3) {
          away += dead ? 0 : 1;
          allotments.away(true, now);
        }
        done(asked);
      }

      private void done(List<Runnable> asked) {
        sending = false;
        asked.forEach(Runnable::run);
        send();
      }

      void exchangeAtOnce() {
        allotments.away(false, now);
        List<Draw> draws = allotments.take(100, now);
        draws.forEach(draw -> allotments.answered(draw, store.answer(id, draw, now), now, now));
      }

      Decision decideAtOnce(long amount) {
        Decision decision = quotas.reserve(WHO, new Demand(amount, 0, 0), now, TODAY);
        for (int i = 0; i < 3 && decision instanceof Shortage; i++) {
          exchangeAtOnce();
          decision = quotas.reserve(WHO, new Demand(amount, 0, 0), now, TODAY);
        }
        return decision;
      }
    }
  }
}
