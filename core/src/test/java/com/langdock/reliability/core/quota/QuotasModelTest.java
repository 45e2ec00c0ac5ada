package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period.Dates;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks all limits together under random operations against a list of all requests. */
class QuotasModelTest {
  private static final int SEQUENCES = 2_000;
  private static final int STEPS = 60;
  private static final List<Period> PERIODS = List.of(Period.values());
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final long SECOND = 1_000_000_000L;

  @Test
  void keepsItsInvariants() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      new Run(seed).play();
    }
  }

  /** One process of limits, with the reservations that were given out. */
  private static final class OneProcess {
    final Quotas quotas = new Quotas(SharingRules.STANDARD, true);
    final Map<Integer, Reservation> open = new HashMap<>();
  }

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final List<Subject> keys = List.of(Subject.key("a"), Subject.key("b"));
    private final List<Subject> all =
        List.of(keys.get(0), keys.get(1), Subject.team("t"), Subject.model("m"), Subject.ALL);
    private final Map<Subject, SubjectLimits> limits = new HashMap<>();
    private final Map<String, Long> credits = new HashMap<>();
    private final List<Consumer<OneProcess>> log = new ArrayList<>();
    private final NaiveRequests requests = new NaiveRequests();
    private final OneProcess real = new OneProcess();
    private final Map<String, UsageTotal> written = new HashMap<>();
    private boolean changedLimits;
    private long now;
    private Dates today = Dates.of(LocalDate.of(2027, 1, 30));

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      now = random.nextLong();
      all.forEach(subject -> change(subject, true));
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        now += random.nextInt(8) == 0 ? random.nextLong(40 * SECOND) : random.nextLong(SECOND);
        switch (random.nextInt(20)) {
          case 0 -> today = Dates.of(today.day().plusDays(random.nextInt(4) == 0 ? -1 : 1));
          case 1 -> charge();
          case 2 -> credit();
          case 3 -> {
            if (seed % 3 == 0) {
              change(all.get(random.nextInt(all.size())), false);
            }
          }
          case 4 -> write();
          case 5, 6 -> extend();
          case 7, 8, 9, 10, 11 -> settle();
          default -> ask();
        }
        if (step % 4 == 0) {
          compare(step);
        }
      }
      while (requests.anyOpen(random) != null) {
        settle();
      }
      compare(STEPS);
      atRest();
    }

    private void act(Consumer<OneProcess> action) {
      log.add(action);
      action.accept(real);
    }

    private void change(Subject subject, boolean first) {
      SubjectLimits next = randomLimits(subject);
      limits.put(subject, next);
      changedLimits |= !first;
      long at = now;
      act(process -> process.quotas.limits(subject, next, at));
    }

    private SubjectLimits randomLimits(Subject subject) {
      Map<Period, PeriodLimits> periods = new EnumMap<>(Period.class);
      for (Period period : Period.values()) {
        if (random.nextInt(3) == 0) {
          periods.put(period, new PeriodLimits(maybe(40), maybe(4_000), maybe(9_000)));
        }
      }
      return new SubjectLimits(
          new SubjectLimits.Rates(maybeRate(60), maybeRate(6_000), maybe(6)),
          periods,
          List.of(500, 1_000),
          subject.kind() == Subject.Kind.MODEL && random.nextBoolean());
    }

    private long maybe(int most) {
      return random.nextBoolean() ? SubjectLimits.UNLIMITED : 1 + random.nextInt(most);
    }

    private @Nullable Rate maybeRate(int most) {
      return random.nextBoolean()
          ? null
          : new Rate(1 + most / 100 + random.nextInt(most), 1 + random.nextInt(most));
    }

    private void charge() {
      Claimant who = claimant(Priority.NORMAL);
      long at = now;
      Dates dates = today;
      act(process -> process.quotas.charge(who, at, dates));
      requests.add(who, Demand.NONE, dates).settled = true;
    }

    private void credit() {
      Subject subject = all.get(random.nextInt(all.size()));
      Period period = PERIODS.get(random.nextInt(3));
      String key = period.key(today);
      long amount = random.nextInt(5_000);
      credits.put(subject + " " + key, amount);
      act(process -> process.quotas.credit(subject, period, key, amount));
    }

    private Claimant claimant(Priority priority) {
      List<Subject> subjects = new ArrayList<>(all);
      subjects.remove(keys.get(random.nextInt(2)));
      return new Claimant(subjects, priority);
    }

    private void ask() {
      Priority priority = PRIORITIES.get(random.nextInt(3));
      Claimant who = claimant(priority);
      Demand demand = new Demand(random.nextInt(400), random.nextInt(900), random.nextInt(1_500));
      List<Object> before = dump(real.quotas, now);
      int id = requests.size();
      long at = now;
      Dates dates = today;
      if (random.nextInt(3) == 0) {
        checkPriorities(who, demand);
      }
      Decision decision = real.quotas.reserve(who, demand, at, dates);
      switch (decision) {
        case Refusal refusal -> {
          assertThat(dump(real.quotas, now)).as(() -> where("all or nothing")).isEqualTo(before);
          refused(who, demand, refusal);
        }
        case Reservation reservation -> {
          real.open.put(id, reservation);
          requests.add(who, demand, dates);
          log.add(process ->
              process.open.put(id, (Reservation) process.quotas.reserve(who, demand, at, dates)));
          withinLedgers(who, reservation);
        }
        case Shortage missing -> throw new AssertionError(where("shares nothing: " + missing));
        case Unavailable away -> throw new AssertionError(where("asks nobody: " + away));
      }
    }

    /** Whoever is admitted at a lower priority is at a higher one. */
    private void checkPriorities(Claimant who, Demand demand) {
      boolean lower = false;
      for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
        boolean admitted =
            replay().quotas.reserve(new Claimant(who.subjects(), priority), demand, now, today)
                instanceof Reservation;
        assertThat(admitted || !lower).as(() -> where("priority " + priority)).isTrue();
        lower = admitted;
      }
    }

    private void refused(Claimant who, Demand demand, Refusal refusal) {
      assertThat(limits(refusal.subject()).shadow()).as(() -> where("shadow")).isFalse();
      assertThat(refusal.remaining()).as(() -> where("remaining")).isNotNegative();
      boolean isRate = !refusal.isExhausted() && refusal.kind() != LimitKind.CONCURRENT;
      if (!isRate || refusal.waitNanos() == Refusal.NEVER || random.nextInt(3) > 0) {
        return;
      }
      long wait = refusal.waitNanos();
      assertThat(replay().quotas.reserve(who, demand, now + wait - 1, today))
          .as(() -> where("one nanosecond early"))
          .isInstanceOf(Refusal.class);
      Decision after = replay().quotas.reserve(who, demand, now + wait, today);
      boolean bySlots = after instanceof Refusal other && other.kind() == LimitKind.CONCURRENT;
      assertThat(after instanceof Reservation || bySlots)
          .as(() -> where("after the wait"))
          .isTrue();
    }

    private void withinLedgers(Claimant who, Reservation reservation) {
      for (Subject subject : who.subjects()) {
        SubjectLimits of = limits(subject);
        long inUse = requests.open(subject);
        if (!of.shadow()) {
          assertThat(inUse).as(() -> where("slots")).isLessThanOrEqualTo(of.rates().concurrent());
          for (Period period : Period.values()) {
            PeriodLimits most = of.of(period);
            assertThat(requests.money(subject, period, today))
                .as(() -> where("budget"))
                .isLessThanOrEqualTo(Ledger.plus(most.nanodollars(), credit(subject, period)));
            assertThat(requests.tokens(subject, period, today)).isLessThanOrEqualTo(most.tokens());
          }
        }
      }
      assertThat(reservation.settled).isFalse();
    }

    private OneProcess replay() {
      OneProcess copy = new OneProcess();
      log.forEach(action -> action.accept(copy));
      return copy;
    }

    private void extend() {
      NaiveRequests.Request request = requests.anyOpen(random);
      if (request != null) {
        Demand more = new Demand(random.nextInt(50), 256, random.nextInt(300));
        long at = now;
        act(process -> process.quotas.extend(reservation(process, request.id), more, at));
        request.tokens += more.tokens();
        request.money += more.nanodollars();
      }
    }

    private void settle() {
      NaiveRequests.Request request = requests.anyOpen(random);
      if (request == null) {
        return;
      }
      long input = random.nextInt(400);
      long output = random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(300);
      long money = random.nextInt(1_500);
      Usage usage = new Usage(input, input / 2, output);
      long at = now;
      act(process ->
          process.quotas.settle(
              reservation(process, request.id), usage, money, request.id % 2, at));
      request.settled = true;
      request.usedTokens = usage.totalTokens();
      request.usedMoney = money;
      List<Object> before = dump(real.quotas, now);
      Settlement again =
          real.quotas.settle(reservation(real, request.id), new Usage(9, 9, 9), 9, 1, now);
      assertThat(again.repeated()).isTrue();
      assertThat(dump(real.quotas, now)).as(() -> where("settled twice")).isEqualTo(before);
    }

    private static Reservation reservation(OneProcess process, int id) {
      return Objects.requireNonNull(process.open.get(id));
    }

    /** Writes some totals; some writes fail, some are made twice. */
    private void write() {
      List<UsageTotal> totals = real.quotas.takeChanged(1 + random.nextInt(12), now);
      if (random.nextInt(3) == 0) {
        real.quotas.putBack(totals);
        if (random.nextBoolean()) {
          return;
        }
      }
      totals.forEach(total -> written.put(total.subject() + " " + total.key(), total));
    }

    private void compare(int step) {
      assertThat(real.quotas.open()).as(() -> where("open")).isEqualTo(requests.open());
      for (Subject subject : all) {
        for (Standing.OfLimit left : real.quotas.standing(subject, now, today)) {
          if (left.kind() != LimitKind.REQUESTS_PER_MINUTE
              && left.kind() != LimitKind.TOKENS_PER_MINUTE) {
            long used = used(subject, left);
            assertThat(left.remaining())
                .as(() -> where(subject + " " + left + " at step " + step))
                .isEqualTo(Math.max(0, left.limit() - used));
          }
        }
      }
    }

    private long used(Subject subject, Standing.OfLimit limit) {
      Period period = limit.period() == null ? Period.TOTAL : limit.period();
      return switch (limit.kind()) {
        case CONCURRENT -> requests.open(subject);
        case REQUESTS -> requests.of(subject, period, today).size();
        case TOKENS -> requests.tokens(subject, period, today);
        case BUDGET -> requests.money(subject, period, today);
        case REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE -> 0;
      };
    }

    private long credit(Subject subject, Period period) {
      return credits.getOrDefault(subject + " " + period.key(today), 0L);
    }

    private SubjectLimits limits(Subject subject) {
      return Objects.requireNonNull(limits.get(subject));
    }

    /** Nothing is held; what was spent is within the limit and what passed reservations. */
    private void atRest() {
      real.quotas
          .takeChanged(Integer.MAX_VALUE, now)
          .forEach(total -> written.put(total.subject() + " " + total.key(), total));
      for (Subject subject : all) {
        for (Period period : Period.values()) {
          UsageTotal.Sums sums = real.quotas.usage(subject, period, today).sums();
          assertThat(sums.nanodollars())
              .as(() -> where("spent"))
              .isEqualTo(requests.money(subject, period, today));
          UsageTotal last = written.get(subject + " " + period.key(today));
          assertThat(last == null ? UsageTotal.Sums.NONE : last.sums())
              .as(() -> where("written"))
              .isEqualTo(sums);
          long over =
              requests.of(subject, period, today).stream()
                  .mapToLong(request -> Math.max(0, request.usedMoney - request.firstMoney))
                  .sum();
          if (!changedLimits && credits.isEmpty() && !limits(subject).shadow()) {
            long limit = limits(subject).of(period).nanodollars();
            assertThat(sums.nanodollars())
                .as(() -> where("bound"))
                .isLessThanOrEqualTo(Ledger.plus(limit, over));
          }
        }
      }
    }

    private List<Object> dump(Quotas quotas, long at) {
      List<Object> seen = new ArrayList<>();
      for (Subject subject : all) {
        seen.addAll(quotas.standing(subject, at, today));
        for (Period period : Period.values()) {
          seen.add(quotas.usage(subject, period, today));
        }
      }
      seen.add(quotas.open());
      return seen;
    }

    private String where(String what) {
      return "seed " + seed + ": " + what;
    }
  }
}
