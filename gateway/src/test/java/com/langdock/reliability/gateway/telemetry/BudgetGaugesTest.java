package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BudgetGaugesTest {
  private static final long DOLLAR = 1_000_000_000;
  private static final Subject TEAM = Subject.team("search");

  private final ManualTicker time = new ManualTicker();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ProcessLimits limits =
      new ProcessLimits(
          time,
          new LimitRules(
              Map.of(),
              SharingRules.STANDARD,
              ZoneOffset.UTC,
              false,
              false,
              new ModelCatalog(Map.of())),
          false,
          LimitListener.NONE);
  private final BudgetGauges gauges = new BudgetGauges(registry, limits);

  private static SubjectLimits budget(Period period, long dollars) {
    return new SubjectLimits(
        Rates.NONE,
        Map.of(period, new PeriodLimits(SubjectLimits.UNLIMITED, 1_000_000, dollars * DOLLAR)),
        List.of(),
        false);
  }

  private void spend(long nanodollars) {
    Claimant claimant = new Claimant(List.of(TEAM, Subject.ALL), Priority.NORMAL);
    Reservation reservation =
        (Reservation) limits.quotas().reserve(claimant, Demand.NONE, time.nanos(), limits.today());
    limits.quotas().settle(reservation, Usage.NONE, nanodollars, 1, time.nanos());
  }

  private double used(String of, String name, String period) {
    return registry
        .get("gateway.budget.used.ratio")
        .tags("of", of, "name", name, "period", period)
        .gauge()
        .value();
  }

  @Test
  void showTheBudgetsOfEverybodyAndOfTeamsInTheirCurrentPeriods() {
    gauges.show(
        Map.of(
            TEAM,
            budget(Period.DAY, 10),
            Subject.ALL,
            budget(Period.MONTH, 100),
            Subject.key("service"),
            budget(Period.DAY, 1),
            Subject.model("gpt-4"),
            budget(Period.DAY, 1)));
    spend(2 * DOLLAR + DOLLAR / 2);

    assertThat(used("team", "search", "day")).isEqualTo(0.25);
    assertThat(used("all", "all", "month")).isEqualTo(0.025);
    assertThat(registry.getMeters()).hasSize(2);

    time.advance(Duration.ofDays(1));

    assertThat(used("team", "search", "day")).isZero();
  }

  @Test
  void followTheConfiguration() {
    gauges.show(Map.of(TEAM, budget(Period.TOTAL, 10)));
    spend(5 * DOLLAR);
    assertThat(used("team", "search", "total")).isEqualTo(0.5);

    gauges.show(Map.of(TEAM, budget(Period.TOTAL, 20)));
    assertThat(used("team", "search", "total")).isEqualTo(0.25);

    gauges.show(Map.of(TEAM, SubjectLimits.NONE));
    assertThat(registry.getMeters()).isEmpty();
  }
}
