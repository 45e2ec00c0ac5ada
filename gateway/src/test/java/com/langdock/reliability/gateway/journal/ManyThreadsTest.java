package com.langdock.reliability.gateway.journal;

import static com.langdock.reliability.gateway.journal.Scene.GPT;
import static com.langdock.reliability.gateway.journal.Scene.MODELS;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Rate;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.resilience.Backoff;
import com.langdock.reliability.core.resilience.BreakerRules;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.TargetRules;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.core.session.SessionPolicy;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Requests of many threads at once: nothing that they share loses or invents a count. */
class ManyThreadsTest {
  private static final int THREADS = 16;
  private static final int EACH = 1_500;
  private static final int ALL = THREADS * EACH;
  private static final long SECOND = 1_000_000_000;
  private static final long PRICE_NANODOLLARS = 7;
  private static final Usage USAGE = new Usage(3, 1, 2);
  private static final Plan PLAN = new Plan(List.of(GPT));
  private static final Period.Dates TODAY = Period.Dates.of(LocalDate.of(2027, 1, 31));
  private static final BreakerRules BREAKER =
      new BreakerRules(5, 0.5, 30 * SECOND, ALL + 1, 60 * SECOND, 1);
  private static final TargetRules RULES =
      new TargetRules(name -> BREAKER, EnumSet.allOf(BreakerScope.class), 0.5, 0, SECOND);
  private static final Claimant CALLER =
      new Claimant(List.of(Subject.key("k"), Subject.team("t"), Subject.ALL), Priority.NORMAL);

  private final ManualTicker ticker = new ManualTicker();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observability observability = new Observability(registry, ticker, List.of());
  private final MemoryStore store = new MemoryStore();
  private final Journal journal =
      new Journal(store::open, new JournalRules(false, Duration.ofDays(1), Long.MAX_VALUE), ticker);
  private final TargetStates targets =
      new TargetStates(PLAN.targets(), RULES, change -> {}, new SplittableRandom(1), 0);
  private final Quotas quotas = new Quotas(SharingRules.STANDARD, false);
  private final RequestWatcher watcher =
      observability.requests(
          List.of(observability.meters(PLAN.targets(), MODELS), start -> journaling()));

  private RequestObserver journaling() {
    return new RequestObserver() {
      @Override
      public SessionListener began(RequestInfo request) {
        return journal.started(request, MODELS);
      }
    };
  }

  @Test
  void everyRequestIsCountedOnceEverywhere() throws Exception {
    CALLER.subjects().forEach(subject -> quotas.limits(subject, limits(), 0));
    journal.start();
    onAllThreads();
    journal.close();

    assertThat(store.entries).hasSize(ALL);
    assertThat(journal.state().counts().written()).isEqualTo(ALL);
    assertThat(journal.state().counts().lost()).isZero();
    assertMeters();
    assertQuotas();
    var breakers = targets.snapshots(0).getFirst().breaker();
    assertThat(breakers.windowCalls()).isEqualTo(ALL);
    assertThat(breakers.windowFailures()).isZero();
    assertThat(targets.of(GPT).budget().balance(0)).isEqualTo(0.5 * ALL);
  }

  private void assertMeters() {
    assertThat(observability.inFlight()).isZero();
    String labels = "{model=\"gpt-4\",outcome=\"success\",provider=\"openai\"}";
    assertThat("\n" + registry.scrape())
        .contains("\ngateway_requests_total{outcome=\"success\"} " + (double) ALL + "\n")
        .contains("\ngateway_attempts_total" + labels + " " + (double) ALL + "\n")
        .contains("type=\"output\"} " + (double) (USAGE.outputTokens() * ALL) + "\n");
  }

  private void assertQuotas() {
    assertThat(quotas.open()).isZero();
    for (Subject subject : CALLER.subjects()) {
      var sums = quotas.usage(subject, Period.MONTH, TODAY).sums();
      assertThat(sums.requests()).isEqualTo(ALL);
      assertThat(sums.outputTokens()).isEqualTo(USAGE.outputTokens() * ALL);
      assertThat(sums.nanodollars()).isEqualTo(PRICE_NANODOLLARS * ALL);
    }
  }

  private static SubjectLimits limits() {
    return new SubjectLimits(
        new SubjectLimits.Rates(Rate.perMinute(Rate.MAX), Rate.perMinute(Rate.MAX), THREADS),
        Map.of(
            Period.MONTH, new SubjectLimits.PeriodLimits(1L << 40, 1L << 40, Long.MAX_VALUE - 1)),
        List.of(),
        false);
  }

  private void onAllThreads() throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread * EACH;
      all.add(() -> {
        SessionFactory sessions = sessions(first);
        for (int number = first; number < first + EACH; number++) {
          request(number, sessions);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    }
  }

  private SessionFactory sessions(int seed) {
    Timeouts timeouts = new Timeouts(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND);
    SessionPolicy policy =
        new SessionPolicy(3, new Backoff(SECOND, SECOND), SECOND, true, target -> timeouts, MODELS);
    return new SessionFactory(policy, targets, new SplittableRandom(seed));
  }

  private void request(int number, SessionFactory sessions) {
    String id = Scene.id(number);
    SessionListener listener =
        watcher
            .observe(new RequestStart(id, null, 0, Scene.STARTED_AT, null))
            .began(
                new RequestInfo(
                    id,
                    null,
                    new RequestInfo.Client(null, Caller.ANONYMOUS),
                    "gpt-4",
                    false,
                    0,
                    Scene.STARTED_AT,
                    null));
    Reservation reservation =
        (Reservation) quotas.reserve(CALLER, new Demand(2, 2, 4_000), 0, TODAY);
    Deadline deadline = new Deadline(SECOND);
    Session session =
        sessions.open(
            new RequestTraits(false, AnswerTraits.PLAIN, deadline, deadline), PLAN, listener, 0);
    Attempt attempt = ((Step.Begin) session.begin(0).getFirst()).attempt();
    session.used(attempt, USAGE, 0);
    assertThat(session.succeeded(attempt, 0)).isTrue();
    quotas.settle(reservation, USAGE, PRICE_NANODOLLARS, 1, 0);
  }
}
