package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period.Dates;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Dates MONDAY = Dates.of(LocalDate.of(2027, 2, 28));
  private static final Dates TUESDAY = Dates.of(LocalDate.of(2027, 3, 1));
  private static final Subject KEY = Subject.key("k");
  private static final Subject TEAM = Subject.team("t");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Quotas quotas = new Quotas(SharingRules.STANDARD, true);
  private final Claimant caller = new Claimant(List.of(KEY, TEAM), Priority.NORMAL);
  private long now = 1_000;

  @Nested
  class WhenALimitRefuses {
    @Test
    void tellsTheLongestWaitOfAllLimits() {
      limit(KEY, rates(Rate.perMinute(60), null));
      limit(TEAM, rates(Rate.perMinute(6), null));
      for (int i = 0; i < 6; i++) {
        granted(Demand.NONE);
      }
      Refusal refusal = refused(Demand.NONE);
      assertThat(refusal.subject()).isEqualTo(TEAM);
      assertThat(refusal.limitName()).isEqualTo("requests_per_minute");
      assertThat(refusal.waitNanos()).isEqualTo(10 * SECOND);
      assertThat(refusal.remaining()).isZero();
    }

    @Test
    void takesNothingFromTheOthers() {
      limit(KEY, rates(Rate.perMinute(10), null));
      limit(TEAM, new SubjectLimits(new Rates(null, null, 1), Map.of(), List.of(), false));
      Reservation first = granted(Demand.NONE);
      for (int i = 0; i < 1_000; i++) {
        assertThat(refused(Demand.NONE).kind()).isEqualTo(LimitKind.CONCURRENT);
      }
      quotas.settle(first, Usage.NONE, 0, 1, now);
      granted(Demand.NONE);
      assertThat(quotas.standing(caller, now).requests())
          .isEqualTo(new Standing.Level(10, 8, 12 * SECOND));
    }

    @Test
    void neverAdmitsAnInputThatTheBucketCannotHoldButCutsTheForecast() {
      limit(KEY, rates(null, Rate.perMinute(1_000)));
      assertThat(refused(new Demand(1_001, 0, 0)).waitNanos()).isEqualTo(Refusal.NEVER);
      granted(new Demand(900, 5_000, 0));
      assertThat(quotas.standing(caller, now).tokens())
          .isEqualTo(new Standing.Level(1_000, 0, 60 * SECOND));
    }
  }

  @Nested
  class Periods {
    @Test
    void beginEmptyAndKeepTheRequestsThatTheyAdmitted() {
      limit(KEY, budget(Period.DAY, 100));
      Reservation late = granted(new Demand(0, 0, 100));
      assertThat(refused(new Demand(0, 0, 1)).limitName()).isEqualTo("budget_day");
      assertThat(quotas.reserve(caller, new Demand(0, 0, 100), now, TUESDAY))
          .isInstanceOf(Reservation.class);
      quotas.settle(late, Usage.NONE, 60, 1, now);
      assertThat(spent(Period.DAY, MONDAY)).isEqualTo(60);
      assertThat(spent(Period.DAY, TUESDAY)).isZero();
      assertThat(spent(Period.MONTH, MONDAY)).isEqualTo(60);
      assertThat(spent(Period.TOTAL, TUESDAY)).isEqualTo(60);
    }

    @Test
    void tellTheLongestOneFirst() {
      limit(KEY, budgets(100, 100));
      quotas.settle(granted(Demand.NONE), Usage.NONE, 100, 1, now);
      assertThat(refused(new Demand(0, 0, 1)).limitName()).isEqualTo("budget_month");
    }

    @Test
    void countWhatEarlierProcessesUsed() {
      limit(KEY, budget(Period.TOTAL, 100));
      quotas.before(
          new UsageTotal(
              KEY,
              Period.TOTAL,
              "total",
              new UsageTotal.Sums(7, 70, 0, 7, 90),
              800,
              UsageTotal.Buckets.FULL),
          now);
      assertThat(refused(new Demand(0, 0, 11)).remaining()).isEqualTo(10);
      granted(new Demand(0, 0, 10));
    }

    @Test
    void growByTheirCredit() {
      limit(KEY, budget(Period.DAY, 100));
      quotas.settle(granted(Demand.NONE), Usage.NONE, 100, 1, now);
      refused(new Demand(0, 0, 50));
      quotas.credit(KEY, Period.DAY, "2027-02-28", 50);
      granted(new Demand(0, 0, 50));
    }

    @Test
    void reportEachPartOfABudgetOnceAndHowFarItIsPassed() {
      limit(KEY, budget(Period.DAY, 100));
      assertThat(settled(79).alerts()).isEmpty();
      assertThat(settled(1).alerts()).extracting(Settlement.Alert::at).containsExactly(800);
      assertThat(settled(1).alerts()).isEmpty();
      Settlement over = settled(24);
      assertThat(over.alerts()).extracting(Settlement.Alert::at).containsExactly(1_000);
      assertThat(over.overshoot()).isEqualTo(5);
    }
  }

  @Nested
  class LowPriority {
    private final Claimant low = new Claimant(List.of(KEY, TEAM), Priority.LOW);

    @Test
    void leavesAFifthOfWhatIsSharedFree() {
      limit(TEAM, new SubjectLimits(new Rates(null, null, 10), Map.of(), List.of(), false));
      for (int i = 0; i < 8; i++) {
        granted(low, Demand.NONE);
      }
      assertThat(quotas.reserve(low, Demand.NONE, now, MONDAY)).isInstanceOf(Refusal.class);
      granted(Demand.NONE);
    }

    @Test
    void isAdmittedWhenNothingRuns() {
      limit(TEAM, new SubjectLimits(new Rates(null, null, 1), Map.of(), List.of(), false));
      granted(low, Demand.NONE);
    }

    @Test
    void hasAllOfItsOwnLimits() {
      limit(KEY, rates(Rate.perMinute(10), null));
      for (int i = 0; i < 10; i++) {
        granted(low, Demand.NONE);
      }
    }
  }

  @Test
  void oneKeyHoldsAtMostItsShareOfTheSlots() {
    Quotas shared = new Quotas(new SharingRules(0, 0, 500), false);
    shared.limits(
        TEAM, new SubjectLimits(new Rates(null, null, 4), Map.of(), List.of(), false), now);
    Decision first = shared.reserve(caller, Demand.NONE, now, MONDAY);
    shared.reserve(caller, Demand.NONE, now, MONDAY);
    assertThat(shared.reserve(caller, Demand.NONE, now, MONDAY)).isInstanceOf(Refusal.class);
    Claimant other = new Claimant(List.of(Subject.key("o"), TEAM), Priority.NORMAL);
    assertThat(shared.reserve(other, Demand.NONE, now, MONDAY)).isInstanceOf(Reservation.class);
    shared.settle((Reservation) first, Usage.NONE, 0, 1, now);
    assertThat(shared.reserve(caller, Demand.NONE, now, MONDAY)).isInstanceOf(Reservation.class);
  }

  @Test
  void shadowLimitsReportAndRefuseNothing() {
    limit(KEY, new SubjectLimits(new Rates(null, null, 1), Map.of(), List.of(), true));
    granted(Demand.NONE);
    Reservation second = granted(Demand.NONE);
    assertThat(second.shadowed()).extracting(Refusal::kind).containsExactly(LimitKind.CONCURRENT);
  }

  @Test
  void invalidRequestsAreCharged() {
    limit(KEY, rates(Rate.perMinute(2), null));
    for (int i = 0; i < 5; i++) {
      quotas.charge(caller, now, MONDAY);
    }
    Refusal refusal = refused(Demand.NONE);
    assertThat(refusal.waitNanos()).isEqualTo(120 * SECOND);
    assertThat(quotas.refusesRequests(caller, now)).isEqualTo(refusal);
  }

  @Test
  void findsReservationsThatNobodySettled() {
    Reservation forgotten = granted(new Demand(1, 1, 7));
    now += SECOND;
    granted(Demand.NONE);
    assertThat(quotas.overdue(now - SECOND)).isNull();
    assertThat(quotas.overdue(now)).isSameAs(forgotten);
  }

  @Test
  void foretellsFromTheKeysLastAnswersElseTheModels() {
    Claimant known = new Claimant(List.of(KEY, Subject.model("m")), Priority.NORMAL);
    Claimant unknown = new Claimant(List.of(TEAM, Subject.model("m")), Priority.NORMAL);
    assertThat(quotas.forecast(known)).isEqualTo(500);
    for (int i = 0; i < 20; i++) {
      Reservation answered = granted(known, Demand.NONE);
      quotas.settle(answered, new Usage(1, 0, 300), 0, 1, now);
      Reservation failed = granted(known, Demand.NONE);
      quotas.settle(failed, new Usage(1, 0, 9_000), 0, 0, now);
    }
    assertThat(quotas.forecast(known)).isEqualTo(300);
    assertThat(quotas.forecast(unknown)).isEqualTo(300);
  }

  private static SubjectLimits rates(@Nullable Rate requests, @Nullable Rate tokens) {
    return new SubjectLimits(
        new Rates(requests, tokens, SubjectLimits.UNLIMITED), Map.of(), List.of(), false);
  }

  private static SubjectLimits budget(Period period, long nanodollars) {
    return limits(Map.of(period, money(nanodollars)));
  }

  private static SubjectLimits budgets(long day, long month) {
    Map<Period, PeriodLimits> periods = new EnumMap<>(Period.class);
    periods.put(Period.DAY, money(day));
    periods.put(Period.MONTH, money(month));
    return limits(periods);
  }

  private static SubjectLimits limits(Map<Period, PeriodLimits> periods) {
    return new SubjectLimits(Rates.NONE, periods, List.of(800, 1_000), false);
  }

  private static PeriodLimits money(long nanodollars) {
    return new PeriodLimits(SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED, nanodollars);
  }

  private void limit(Subject subject, SubjectLimits limits) {
    quotas.limits(subject, limits, now);
  }

  private Reservation granted(Demand demand) {
    return granted(caller, demand);
  }

  private Reservation granted(Claimant who, Demand demand) {
    Decision decision = quotas.reserve(who, demand, now, MONDAY);
    assertThat(decision).isInstanceOf(Reservation.class);
    return (Reservation) decision;
  }

  private Refusal refused(Demand demand) {
    Decision decision = quotas.reserve(caller, demand, now, MONDAY);
    assertThat(decision).isInstanceOf(Refusal.class);
    return (Refusal) decision;
  }

  private Settlement settled(long nanodollars) {
    return quotas.settle(granted(Demand.NONE), Usage.NONE, nanodollars, 1, now);
  }

  private long spent(Period period, Dates at) {
    return quotas.usage(KEY, period, at).sums().nanodollars();
  }
}
