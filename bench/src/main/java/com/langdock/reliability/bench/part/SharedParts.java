package com.langdock.reliability.bench.part;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Rate;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Settlement;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.resilience.Admission;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetState;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.gateway.queue.MpscQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the event loops share on a request's way, each part alone. */
@State(Scope.Benchmark)
public abstract class SharedParts {
  private static final long SECOND = 1_000_000_000;
  private static final int QUEUE = 32_768;
  private static final int BATCH = 4_096;
  private static final Period.Dates TODAY = Period.Dates.of(LocalDate.of(2027, 1, 31));
  private static final Demand DEMAND = new Demand(2, 2, 4_000_000);
  private static final Usage USAGE = new Usage(2, 0, 1);
  private static final BreakerRules BREAKER =
      new BreakerRules(5, 0.5, 30 * SECOND, 10, 60 * SECOND, 1);

  private final TargetState target =
      new TargetStates(
              List.of(Samples.GPT),
              new TargetRules(
                  name -> BREAKER, EnumSet.allOf(BreakerScope.class), 0.3, 10, 300 * SECOND),
              change -> {},
              new SplittableRandom(1),
              0)
          .of(Samples.GPT);
  private final Quotas quotas = new Quotas(SharingRules.STANDARD, false);
  private final Claimant caller =
      new Claimant(List.of(Subject.key("k"), Subject.ALL), Priority.NORMAL);
  private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter counter = registry.counter("requests");
  private final MpscQueue<Object> queue = new MpscQueue<>(QUEUE);

  /** Sets limits that refuse nothing. */
  @Setup
  public void start() {
    SubjectLimits limits =
        new SubjectLimits(
            new SubjectLimits.Rates(Rate.perMinute(Rate.MAX), Rate.perMinute(Rate.MAX), 100_000),
            Map.of(),
            List.of(),
            false);
    caller.subjects().forEach(subject -> quotas.limits(subject, limits, 0));
  }

  /** An item for the journal or the log; who finds the queue full takes a batch out of it. */
  @Benchmark
  public int queue() {
    if (queue.offer(this)) {
      return 0;
    }
    List<Object> batch = new ArrayList<>(BATCH);
    queue.drainTo(batch, BATCH);
    return batch.size();
  }

  /** An attempt that succeeds, under the breakers of provider and target. */
  @Benchmark
  public void breakers() {
    Admission.Admitted admitted = (Admission.Admitted) target.admit(0);
    target.report(admitted, Outcome.SUCCESS, BreakerScope.TARGET, 0);
  }

  /** What a request adds to the budget of repeated attempts. */
  @Benchmark
  public void retryBudget() {
    target.budget().deposit(0);
  }

  /** A counter. */
  @Benchmark
  public void meter() {
    counter.increment();
  }

  /** A request under limits of a key and of all. */
  @Benchmark
  public Settlement limits() {
    Reservation reservation = (Reservation) quotas.reserve(caller, DEMAND, 0, TODAY);
    return quotas.settle(reservation, USAGE, 2_000_000, 1, 0);
  }
}
