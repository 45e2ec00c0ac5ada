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
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** One request under four subjects with limits of every kind: asked for, reserved, settled. */
@State(Scope.Benchmark)
public class QuotaBench {
  private static final Period.Dates TODAY = Period.Dates.of(LocalDate.of(2027, 1, 31));
  private static final Demand DEMAND = new Demand(2, 2, 4_000_000);
  private static final Usage USAGE = new Usage(2, 0, 1);

  private final Quotas quotas = new Quotas(SharingRules.STANDARD, true);
  private final Claimant caller =
      new Claimant(
          List.of(Subject.key("k"), Subject.team("t"), Subject.model("m"), Subject.ALL),
          Priority.NORMAL);

  /** Sets the limits, none of which refuses. */
  @Setup
  public void start() {
    SubjectLimits limits =
        new SubjectLimits(
            new Rates(Rate.perMinute(Rate.MAX), Rate.perMinute(Rate.MAX), 100_000),
            Map.of(
                Period.MONTH,
                new PeriodLimits(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1)),
            List.of(),
            false);
    caller.subjects().forEach(subject -> quotas.limits(subject, limits, System.nanoTime()));
  }

  /** One thread. */
  @Benchmark
  public Settlement oneThread() {
    return request();
  }

  /** All threads, which share every limit. */
  @Benchmark
  @Threads(Threads.MAX)
  public Settlement allThreads() {
    return request();
  }

  private Settlement request() {
    long now = System.nanoTime();
    boolean money = quotas.outlook(caller).hasBudget();
    Reservation reservation =
        (Reservation) quotas.reserve(caller, money ? DEMAND : Demand.NONE, now, TODAY);
    return quotas.settle(reservation, USAGE, 2_000_000, 1, now);
  }
}
