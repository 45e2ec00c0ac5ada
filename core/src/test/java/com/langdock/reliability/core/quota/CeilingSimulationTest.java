package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Processes that share a budget through a store, with delayed, lost and doubled answers, crashes,
 * partitions and clocks of their own: whatever happens, spending passes the budget by no more than
 * what is stated.
 */
final class CeilingSimulationTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LEASE = 60 * SECOND;
  private static final long LIMIT = 1_000_000;
  private static final int OUTAGE_SHARE = 50;
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);
  private static final int STEPS = 600;
  private static final Subject TEAM = Subject.team("t");
  private static final Period.Dates TODAY = Period.Dates.of(LocalDate.of(2027, 1, 31));
  private static final String DAY = "2027-01-31";
  private static final Claimant WHO = new Claimant(List.of(TEAM), Priority.NORMAL);
  private static final SubjectLimits LIMITS =
      new SubjectLimits(
          SubjectLimits.Rates.NONE,
          Map.of(
              Period.DAY,
              new SubjectLimits.PeriodLimits(
                  SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED, LIMIT)),
          List.of(500, 1_000),
          false);

  /** What a question to the store comes to. */
  private enum Fate {
    ANSWERED,
    LOST,
    ANSWER_LOST,
    ANSWER_LATE
  }

  /** One process. */
  private static final class Member {
    private final String name;
    private final long offset;
    private final Quotas quotas = new Quotas(SharingRules.STANDARD, true);
    private final Ceilings ceilings = quotas.share(new CeilingRules(OUTAGE_SHARE, LEASE));
    private final List<Open> open = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private boolean cut;
    private long hidden;
    private boolean alone;
    private long aloneFrom;
    private long aloneNow;
    private long aloneBefore;

    private Member(String name, long offset, long now) {
      this.name = name;
      this.offset = offset;
      quotas.limits(TEAM, LIMITS, now + offset);
    }

    Account account() {
      return quotas.account(TEAM, Period.DAY, DAY);
    }
  }

  private record Open(Reservation reservation, long reserved) {}

  private record Late(List<CeilingGrant> grants, long sentAt, long at) {}

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final SharedLedger store = new SharedLedger(LEASE);
    private final List<Member> processes = new ArrayList<>();
    private final Map<String, Member> dead = new HashMap<>();
    private long now = 1_000 * SECOND;
    private long overshoot;
    private long alone;
    private int made;
    private int alertsHalf;
    private int alertsFull;

    Run(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      for (int i = random.nextInt(2, 11); i > 0; i--) {
        processes.add(create());
      }
    }

    private Member create() {
      // Monotonic clocks begin anywhere.
      return new Member("r" + made++, random.nextLong(-1L << 40, 1L << 40), now);
    }

    private Member any() {
      return processes.get(random.nextInt(processes.size()));
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        now += random.nextInt(20) == 0 ? random.nextLong(30 * SECOND) : random.nextLong(SECOND / 2);
        switch (random.nextInt(24)) {
          case 0 -> crash();
          case 1 -> change();
          case 2, 3, 4 -> write(any());
          case 5, 6, 7, 8 -> settle();
          case 9, 10, 11 -> draw(any(), fate());
          case 12 -> renewAll();
          default -> ask(any());
        }
        for (Member each : List.copyOf(processes)) {
          deliver(each);
        }
        check();
      }
    }

    private Fate fate() {
      int dice = random.nextInt(10);
      return dice == 0
          ? Fate.LOST
          : dice == 1 ? Fate.ANSWER_LOST : dice == 2 ? Fate.ANSWER_LATE : Fate.ANSWERED;
    }

    private void crash() {
      if (random.nextInt(6) == 0) {
        Member killed = processes.remove(random.nextInt(processes.size()));
        killed.open.clear(); // What ran is not billed here.
        dead.put(killed.name, killed);
        processes.add(create());
      }
    }

    private void change() {
      Member process = any();
      process.cut = !process.cut && random.nextInt(3) == 0;
      process.ceilings.away(process.cut);
    }

    private void renewAll() {
      processes.forEach(each -> draw(each, Fate.ANSWERED));
    }

    private void write(Member process) {
      if (!process.cut) {
        for (UsageTotal total : process.quotas.takeChanged(100, now + process.offset)) {
          store.write(process.name, total);
        }
      }
    }

    private void ask(Member process) {
      long amount = 1 + random.nextLong(random.nextInt(4) == 0 ? LIMIT / 10 : LIMIT / 200);
      Demand demand = new Demand(1, 1, amount);
      long at = now + process.offset;
      Decision decision = process.quotas.reserve(WHO, demand, at, TODAY);
      if (decision instanceof Shortage) {
        Fate fate = fate();
        boolean busy = !process.late.isEmpty();
        draw(process, fate);
        boolean again = !busy && fate == Fate.ANSWERED && !process.cut;
        decision =
            again
                ? process.quotas.reserve(WHO, demand, at, TODAY)
                : process.quotas.reserveAlone(WHO, demand, at, TODAY);
        if (again) {
          assertThat(decision).as(() -> where("a draw decides")).isNotInstanceOf(Shortage.class);
        }
      }
      if (decision instanceof Reservation reservation) {
        process.open.add(new Open(reservation, amount));
        admitted(process, amount, at);
      }
    }

    /** Beyond its ceiling a process uses at most its share, until the store answers again. */
    private void admitted(Member process, long amount, long at) {
      AccountCeilings ceilings = process.account().ceilings;
      long after = own(process);
      long inHand = ceilings == null ? 0 : ceilings.of(LimitKind.BUDGET).left(after - amount, at);
      if (!store.isAlive(process.name, TEAM, DAY, now)) {
        assertThat(inHand).as(() -> where("nothing is used after its end")).isZero();
      }
      if (amount > inHand) {
        if (!process.alone) {
          process.alone = true;
          process.aloneFrom = after - amount + inHand;
        }
        process.aloneNow = Math.max(process.aloneNow, after - process.aloneFrom);
        assertThat(process.aloneNow)
            .as(() -> where("the share of an outage"))
            .isLessThanOrEqualTo(LIMIT * OUTAGE_SHARE / 1_000);
      }
    }

    private void settle() {
      Member process = any();
      if (!process.open.isEmpty()) {
        Open ended = process.open.remove(random.nextInt(process.open.size()));
        long actual =
            random.nextInt(10) == 0 ? ended.reserved * 2 : random.nextLong(ended.reserved + 1);
        overshoot += Math.max(0, actual - ended.reserved);
        Settlement _ =
            process.quotas.settle(
                ended.reservation, new Usage(1, 0, 1), actual, 1, now + process.offset);
      }
    }

    private void draw(Member process, Fate fate) {
      if (!process.late.isEmpty()) {
        return; // One thread asks, and waits for its answer.
      }
      long sentAt = now + process.offset;
      List<CeilingWant> wants = process.ceilings.take(100, sentAt);
      if (process.cut || fate == Fate.LOST) {
        process.ceilings.failed(wants);
        return;
      }
      List<CeilingGrant> grants = new ArrayList<>();
      for (CeilingWant want : wants) {
        notice();
        grants.add(store.draw(process.name, want, now));
      }
      switch (fate) {
        case ANSWERED -> answered(process, grants, sentAt);
        case ANSWER_LOST -> process.ceilings.failed(wants);
        case ANSWER_LATE ->
            process.late.add(new Late(grants, sentAt, now + random.nextLong(2 * SECOND)));
        case LOST -> throw new AssertionError();
      }
    }

    private void deliver(Member process) {
      // The thread that draws waits for an answer before it asks again.
      List<Late> due = process.late.stream().filter(late -> late.at <= now).toList();
      process.late.removeAll(due);
      for (Late late : due) {
        answered(process, late.grants, late.sentAt);
      }
    }

    private void answered(Member process, List<CeilingGrant> grants, long sentAt) {
      if (!grants.isEmpty()) {
        process.alone = false;
        process.aloneBefore += process.aloneNow;
        process.aloneNow = 0;
      }
      for (Settlement.Alert alert :
          process.ceilings.answered(grants, sentAt, now + process.offset)) {
        alertsHalf += alert.at() == 500 ? 1 : 0;
        alertsFull += alert.at() == 1_000 ? 1 : 0;
      }
    }

    /** What a process used that the store does not count when it grants to others. */
    private void notice() {
      for (Member each : processes) {
        if (!store.isAlive(each.name, TEAM, DAY, now)) {
          each.hidden = Math.max(each.hidden, own(each) - store.spentBy(each.name, TEAM, DAY));
        }
      }
      for (Member each : dead.values()) {
        each.hidden = Math.max(each.hidden, spent(each) - store.spentBy(each.name, TEAM, DAY));
      }
    }

    private long own(Member process) {
      return process.account().money.own();
    }

    private long spent(Member process) {
      return process.account().money.spent();
    }

    private void check() {
      long used = 0;
      long hidden = 0;
      alone = 0;
      for (Member each : processes) {
        used += own(each);
        hidden += each.hidden;
        alone += each.aloneBefore + each.aloneNow;
      }
      for (Member each : dead.values()) {
        used += spent(each);
        hidden += each.hidden;
        alone += each.aloneBefore + each.aloneNow;
      }
      long bound = LIMIT + overshoot + alone + hidden;
      assertThat(used).as(() -> where("the bound")).isLessThanOrEqualTo(bound);
    }

    void heal() {
      for (Member each : List.copyOf(processes)) {
        now += 3 * SECOND;
        deliver(each);
        each.cut = false;
        each.ceilings.away(false);
        while (!each.open.isEmpty()) {
          Open ended = each.open.removeFirst();
          Settlement _ =
              each.quotas.settle(ended.reservation, new Usage(1, 0, 1), 1, 1, now + each.offset);
        }
        write(each);
      }
      for (int second = 0; second < 70; second++) {
        now += SECOND;
        renewAll();
      }
      Member fresh = create();
      long left = LIMIT - store.spent(TEAM, DAY);
      Demand rest = new Demand(1, 1, Math.max(1, left));
      Decision decision = fresh.quotas.reserve(WHO, rest, now + fresh.offset, TODAY);
      assertThat(decision).as(() -> where("asks")).isInstanceOf(Shortage.class);
      draw(fresh, Fate.ANSWERED);
      decision = fresh.quotas.reserve(WHO, rest, now + fresh.offset, TODAY);
      assertThat(decision)
          .as(() -> where("the rest, " + left))
          .isInstanceOf(left > 0 ? Reservation.class : Refusal.class);
      assertThat(alertsFull).as(() -> where("reported once")).isLessThanOrEqualTo(1);
      assertThat(alertsHalf).as(() -> where("reported once")).isLessThanOrEqualTo(1);
    }

    private String where(String what) {
      return what + ", seed " + seed;
    }
  }

  /** When all is well again, everything that nobody used is there for whoever asks. */
  @Test
  void nothingStaysStrandedLongerThanALease() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed);
      run.go();
      run.heal();
    }
  }

  @Test
  void spendingPassesTheBudgetByNoMoreThanStated() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed).go();
    }
  }
}
