package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How much of the budgets of everybody and of configured teams is used. Keys have none: there may
 * be any number of them. Thread-safe.
 */
public final class BudgetGauges {
  private final MeterRegistry registry;
  private final ProcessLimits limits;
  private final List<Meter> shown = new ArrayList<>();

  /** Shows what {@code limits} have used of the budgets that {@link #show} names. */
  BudgetGauges(MeterRegistry registry, ProcessLimits limits) {
    this.registry = registry;
    this.limits = limits;
  }

  /** Shows the budgets among {@code subjects}, and no others any more. */
  public synchronized void show(Map<Subject, SubjectLimits> subjects) {
    shown.forEach(registry::remove);
    shown.clear();
    subjects.forEach((subject, of) -> {
      if (subject.kind() == Subject.Kind.ALL || subject.kind() == Subject.Kind.TEAM) {
        of.periods().forEach((period, most) -> show(subject, period, most.nanodollars()));
      }
    });
  }

  private void show(Subject subject, Period period, long budget) {
    if (budget == SubjectLimits.UNLIMITED) {
      return;
    }
    Supplier<Number> used =
        () -> {
          long spent = limits.quotas().usage(subject, period, limits.today()).sums().nanodollars();
          return budget == 0 ? 1 : (double) spent / budget;
        };
    shown.add(
        Gauge.builder("gateway.budget.used.ratio", used)
            .description("What is spent of a budget in its current period, as a part of it.")
            .tags(
                "of",
                subject.of(),
                "name",
                subject.name().isEmpty() ? "all" : subject.name(),
                "period",
                Labels.of(period))
            .strongReference(true)
            .register(registry));
  }
}
