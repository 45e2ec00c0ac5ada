package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Settlement;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.Money;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs what limits do. No label holds the name of a key: there may be any number of
 * them.
 */
public final class LimitMeters implements LimitListener {
  private static final Logger LOG = LoggerFactory.getLogger(LimitMeters.class);
  private static final double NANOS = 1e9;
  private static final double[] RATIOS = {0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4, 8};
  private static final int PERCENT = 10;
  private static final List<Integer> USUAL_ALERTS = List.of(50, 80, 100);

  private final MeterRegistry registry;
  private final DistributionSummary ratio;
  private final Counter lost;
  private final Counter overshoot;

  /** Counts into {@code registry}. */
  public LimitMeters(MeterRegistry registry) {
    this.registry = registry;
    ratio =
        DistributionSummary.builder("gateway.reservation.ratio")
            .description("Tokens that a request used, as a part of those it had reserved.")
            .serviceLevelObjectives(RATIOS)
            .register(registry);
    lost =
        Counter.builder("gateway.reservations.lost")
            .description("Reservations that no request's end settled; each is a bug.")
            .register(registry);
    overshoot =
        Counter.builder("gateway.overshoot.dollars")
            .description("US dollars by which requests that ran passed their budgets.")
            .register(registry);
    USUAL_ALERTS.forEach(percent -> alerts(percent).increment(0));
  }

  @Override
  public void refused(Refusal refusal, Priority priority, boolean shadow) {
    Counter.builder(shadow ? "gateway.limit.shadow.refused" : "gateway.limit.refused")
        .description(
            shadow
                ? "Requests that limits which only report would have refused."
                : "Requests that a limit refused.")
        .tags(
            "of",
            refusal.subject().of(),
            "kind",
            refusal.limitName(),
            "priority",
            Labels.of(priority))
        .register(registry)
        .increment();
    LOG.atDebug()
        .addKeyValue("event", "limit_refused")
        .addKeyValue("subject", refusal.subject())
        .addKeyValue("limit", refusal.limitName())
        .addKeyValue("remaining", refusal.remaining())
        .addKeyValue("needed", refusal.needed())
        .addKeyValue("shadow", shadow)
        .log("the limit {} of {} is reached", refusal.limitName(), refusal.subject());
  }

  @Override
  public void settled(Reservation reservation, long tokens, Settlement settlement) {
    if (reservation.tokens() > 0) {
      ratio.record((double) tokens / reservation.tokens());
    }
    if (settlement.overshoot() > 0) {
      overshoot.increment(settlement.overshoot() / NANOS);
    }
    settlement.alerts().forEach(this::reached);
  }

  /** The usual ones begin at zero: else the first alert would be no increase. */
  private Counter alerts(int percent) {
    return Counter.builder("gateway.budget.alerts")
        .description("Parts of budgets that were reached, each once in a period.")
        .tag("at", Integer.toString(percent))
        .register(registry);
  }

  @Override
  public void reached(Settlement.Alert alert) {
    int percent = alert.at() / PERCENT;
    alerts(percent).increment();
    boolean isSpent = alert.spent() >= alert.limit();
    (isSpent ? LOG.atWarn() : LOG.atInfo())
        .addKeyValue("event", "budget_alert")
        .addKeyValue("subject", alert.subject())
        .addKeyValue("period", alert.key())
        .addKeyValue("percent", percent)
        .addKeyValue("spent_usd", Money.dollars(alert.spent()))
        .addKeyValue("limit_usd", Money.dollars(alert.limit()))
        .log("{} has used {} % of its budget of {}", name(alert.subject()), percent, alert.key());
  }

  private static String name(Subject subject) {
    return subject.equals(Subject.ALL) ? "everybody" : subject.toString();
  }

  @Override
  public void lost(Reservation reservation) {
    lost.increment();
    LOG.atError()
        .addKeyValue("event", "reservation_lost")
        .addKeyValue("tokens", reservation.tokens())
        .log("a request was never settled; its estimate is charged");
  }
}
