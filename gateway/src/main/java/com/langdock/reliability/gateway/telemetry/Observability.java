package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.BreakerState;
import com.langdock.reliability.core.resilience.CircuitBreaker;
import com.langdock.reliability.core.resilience.RetryBudget;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway says of itself: a log line and a count for everything that happens.
 *
 * <p>Thread-safe; what it gives out for one request is used by that request's thread only.
 */
public final class Observability {
  /** Hears nothing, in place of an observer that failed at the beginning. */
  private static final SessionListener NOBODY = (event, now) -> {};

  private static final Logger LOG = LoggerFactory.getLogger(Observability.class);

  /** Who watches the gateway. */
  public record Watchers(List<RequestObserver> ofRequests, List<BreakerListener> ofBreakers) {
    /** Nobody. */
    public static final Watchers NONE = new Watchers(List.of(), List.of());
  }

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final GatewayMeters meters;
  private final Refusals refusals;
  private final ObserverFailures failures;
  private final List<RequestObserver> watchers;
  private final List<BreakerListener> breakerListeners;

  /** What meters look at: they themselves do not keep it from being collected. */
  private final List<Object> watched = new ArrayList<>();

  /**
   * Measures into {@code registry} a gateway with these targets.
   *
   * @param models with their prices
   * @param others who watch beside the log and the meters
   */
  public Observability(
      PrometheusMeterRegistry registry,
      Ticker ticker,
      List<Target> targets,
      ModelCatalog models,
      Watchers others) {
    this.registry = registry;
    this.ticker = ticker;
    this.meters = new GatewayMeters(registry, targets, models);
    this.refusals = new Refusals(registry, ticker);
    this.failures = new ObserverFailures(registry, ticker);
    this.watchers = new ArrayList<>(List.of(new MeterObserver(meters), new LogObserver()));
    this.watchers.addAll(others.ofRequests());
    this.breakerListeners = new ArrayList<>(List.of(new BreakerLog(registry)));
    this.breakerListeners.addAll(others.ofBreakers());
  }

  /** A valid request begins; what its session says goes to the returned listener. */
  public SessionListener requestStarted(RequestInfo request) {
    SessionListener[] listeners = new SessionListener[watchers.size()];
    for (int i = 0; i < listeners.length; i++) {
      listeners[i] = started(watchers.get(i), request);
    }
    return (event, now) -> {
      for (SessionListener listener : listeners) {
        try {
          listener.on(event, now);
        } catch (Throwable thrown) {
          observerFailed(thrown);
        }
      }
    };
  }

  private SessionListener started(RequestObserver watcher, RequestInfo request) {
    try {
      return watcher.started(request);
    } catch (Throwable thrown) {
      observerFailed(thrown);
      return NOBODY;
    }
  }

  /** A request was refused before any provider was asked. */
  public void requestRefused(RequestObserver.Refusal refusal) {
    refusals.count(refusal.code());
    for (RequestObserver watcher : watchers) {
      try {
        watcher.refused(refusal);
      } catch (Throwable thrown) {
        observerFailed(thrown);
      }
    }
  }

  /**
   * An observer threw: whoever logs, measures, traces or journals. It is counted and logged, and
   * the request goes on without it.
   */
  public void observerFailed(Throwable thrown) {
    failures.add(thrown);
    FatalErrors.rethrow(thrown);
  }

  /** A request was refused before its body was validated. */
  public void requestRefused(EarlyRefusal refusal) {
    refusals.add(refusal);
  }

  /**
   * A bug in the gateway came to light.
   *
   * @param requestId the request it happened to, null when it is not known
   * @param traceId of the trace that it belongs to, null when there is none
   */
  public void bug(
      @Nullable String requestId, @Nullable String traceId, @Nullable Throwable thrown) {
    meters.bug();
    LOG.atError()
        .addKeyValue("event", "bug")
        .addKeyValue("request_id", requestId)
        .addKeyValue("trace_id", traceId)
        .setCause(thrown)
        .log("a bug in the gateway");
  }

  /** Hears the changes of all circuit breakers. */
  public BreakerListener breakerListener() {
    return change -> {
      for (BreakerListener listener : breakerListeners) {
        try {
          listener.changed(change);
        } catch (Throwable thrown) {
          observerFailed(thrown);
        }
      }
    };
  }

  /** What the meters of requests have counted so far. */
  public MeterSnapshot snapshot() {
    return meters.snapshot(ticker.unixMillis());
  }

  /** Valid requests that have begun and not ended. */
  public long inFlight() {
    return meters.inFlight();
  }

  /** Shows the state of every breaker, and each provider's retry budget, from now on. */
  public void watch(TargetStates targetStates) {
    targetStates.breakers().forEach(this::showBreaker);
    targetStates.budgets().forEach(this::showBudget);
  }

  /** Shows how many log lines were lost, from now on. */
  public void watch(LogSetup log) {
    FunctionCounter.builder("gateway.log.lines.lost", log, LogSetup::linesLost)
        .description("Log lines dropped because more came than could be written.")
        .register(registry);
  }

  /**
   * A provider sent bytes that no request asked for; its connection is closed.
   *
   * @param first whether its connections are not reused from now on, which is logged once
   */
  public void unsolicited(String provider, boolean first) {
    meters.unsolicited(provider);
    if (first) {
      LOG.atWarn()
          .addKeyValue("event", "unsolicited_answer")
          .addKeyValue("provider", provider)
          .log("{} sent bytes that no request asked for; its connections are not reused", provider);
    }
  }

  /**
   * Shows the client connections that are open, and how many may be, from now on.
   *
   * @param closed how many were closed, or not taken, for want of room
   */
  public void watchConnections(IntSupplier open, int max, LongSupplier closed) {
    watched.addAll(List.of(open, closed));
    Gauge.builder("gateway.connections.open", () -> (double) open.getAsInt())
        .description("Client connections that are open.")
        .register(registry);
    Gauge.builder("gateway.connections.max", () -> (double) max)
        .description("Client connections that may be open.")
        .register(registry);
    FunctionCounter.builder("gateway.connections.closed", closed, LongSupplier::getAsLong)
        .description("Client connections closed, or not taken, for want of room.")
        .register(registry);
  }

  /** Shows the memory that requests take, and how much they may take, from now on. */
  public void watchMemory(LongSupplier taken, long capacity) {
    watched.add(taken);
    Gauge.builder("gateway.request.memory.used", () -> (double) taken.getAsLong())
        .description("Memory taken by requests in flight: bodies, copies, and large answers.")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("gateway.request.memory.max", () -> (double) capacity)
        .description("Memory that requests in flight may take; beyond it they get a 503.")
        .baseUnit("bytes")
        .register(registry);
  }

  /** A server listens: {@code what} is {@code data} or {@code management}. */
  public void serverStarted(String what, String host, int port) {
    LOG.atInfo()
        .addKeyValue("event", "server_started")
        .addKeyValue("server", what)
        .addKeyValue("host", host)
        .addKeyValue("port", port)
        .log("{} server listens on {}:{}", what, host, port);
  }

  /** A signal to stop has come; everything is served on for {@code lameDuck}. */
  public void serverStops(Duration lameDuck) {
    LOG.atInfo()
        .addKeyValue("event", "lame_duck")
        .addKeyValue("ms", lameDuck.toMillis())
        .log("stops in {} ms; health checks fail from now on", lameDuck.toMillis());
  }

  /** A server has stopped: {@code what} as it was when it started. */
  public void serverStopped(String what) {
    LOG.atInfo()
        .addKeyValue("event", "server_stopped")
        .addKeyValue("server", what)
        .log("{} server stopped", what);
  }

  private void showBudget(String provider, RetryBudget budget) {
    Gauge.builder("gateway.retry.budget.balance", () -> budget.balance(ticker.nanos()))
        .description("Repeated attempts at the provider that may begin now.")
        .tag("provider", provider)
        .register(registry);
  }

  private void showBreaker(CircuitBreaker breaker) {
    for (BreakerState state : BreakerState.values()) {
      Gauge.builder("gateway.circuit.breaker.state", () -> isIn(state, breaker) ? 1 : 0)
          .description("1 for the state that the breaker is in.")
          .tag("breaker", breaker.name())
          .tag("state", Labels.of(state))
          .register(registry);
    }
  }

  private boolean isIn(BreakerState state, CircuitBreaker breaker) {
    return breaker.snapshot(ticker.nanos()).state() == state;
  }
}
