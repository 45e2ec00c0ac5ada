package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts the events of the gateway, and passes those of requests to all observers.
 *
 * <p>Thread-safe. The listener of one request is used by that request's thread only.
 */
public final class Observability {
  private static final Logger LOG = LoggerFactory.getLogger(Observability.class);

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final GatewayMeters meters;
  private final Refusals refusals;
  private final WebSocketMeters webSockets;
  private final ObserverFailures failures;
  private final RequestObserver refusalObserver;
  private final List<BreakerListener> breakerListeners;
  private final Map<Priority, Counter> shed;

  /** Objects that meters read: a meter holds only a weak reference. */
  private final List<Object> observed = new ArrayList<>();

  /**
   * Measures into {@code registry}.
   *
   * @param breakers listeners to breakers beside the log and the meters
   */
  public Observability(
      PrometheusMeterRegistry registry, Ticker ticker, List<BreakerListener> breakers) {
    this.registry = registry;
    this.ticker = ticker;
    this.meters = new GatewayMeters(registry);
    this.refusals = new Refusals(registry, ticker);
    this.webSockets = new WebSocketMeters(registry, ticker);
    this.failures = new ObserverFailures(registry, ticker);
    this.refusalObserver = new RefusalObserver(refusals);
    this.breakerListeners = new ArrayList<>(List.of(new BreakerLog(registry)));
    this.breakerListeners.addAll(breakers);
    this.shed = shedding(registry);
  }

  /**
   * Registers the meters of {@code targets}, which begin at zero or stand where they stood, and
   * watches requests into them.
   *
   * @param models with their prices
   */
  public RequestWatcher meters(List<Target> targets, ModelCatalog models) {
    RequestObserver meter = new MeterObserver(meters, meters.of(targets, models));
    return start -> meter;
  }

  /**
   * Watches requests into the log, and has {@code others} watch them too. None of them can hurt a
   * request: what they throw is counted and logged.
   */
  public RequestWatcher requests(List<RequestWatcher> others) {
    RequestObserver log = new LogObserver();
    List<RequestWatcher> all = new ArrayList<>(others);
    all.addAll(0, List.of(start -> refusalObserver, start -> log));
    RequestWatcher[] watchers = all.toArray(RequestWatcher[]::new);
    return start -> ObserverChain.of(watchers, start, this::observerFailed);
  }

  /** Observes a request until its body is whole: nothing but a refusal can be told of it. */
  public RequestObserver beforeStart() {
    return refusalObserver;
  }

  /**
   * An observer threw (log, meters, traces or journal). It is counted and logged, and the request
   * continues.
   */
  private void observerFailed(Throwable thrown) {
    failures.add(thrown);
    FatalErrors.rethrow(thrown);
  }

  /**
   * A bug in the gateway was found.
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

  /** Accepts the changes of all circuit breakers. */
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

  /** Counts and logs the WebSockets of clients. */
  public WebSocketMeters webSockets() {
    return webSockets;
  }

  /** What the meters of requests have counted so far. */
  public MeterSnapshot snapshot() {
    return meters.snapshot(ticker.unixMillis());
  }

  /** Valid requests that have begun and not ended. */
  public long inFlight() {
    return meters.inFlight();
  }

  /** Counts and logs what limits do. */
  public LimitListener limits() {
    return new LimitMeters(registry);
  }

  /** A request was refused because the gateway has too much to do. */
  public void shed(Priority priority) {
    Objects.requireNonNull(shed.get(priority)).increment();
  }

  private static Map<Priority, Counter> shedding(MeterRegistry registry) {
    Map<Priority, Counter> counters = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      counters.put(
          priority,
          Counter.builder("gateway.shed")
              .description("Requests refused because the gateway had too much to do.")
              .tag("priority", Labels.of(priority))
              .register(registry));
    }
    return counters;
  }

  /** Registers how many reservations are open. */
  public void registerReservations(IntSupplier open) {
    observed.add(open);
    Gauge.builder("gateway.reservations", () -> (double) open.getAsInt())
        .description("Reservations of requests that run.")
        .register(registry);
  }

  /** Shows how much of configured budgets is used. */
  public BudgetGauges budgets(ProcessLimits limits) {
    return new BudgetGauges(registry, limits);
  }

  /** Registers the gauges of targets, their breakers and their providers' retry budgets. */
  public TargetGauges gauges(TargetStates states) {
    return new TargetGauges(registry, ticker, states);
  }

  /** Registers the count of lost log lines. */
  public void register(LogSetup log) {
    FunctionCounter.builder("gateway.log.lines.lost", log, LogSetup::linesLost)
        .description("Log lines dropped because more came than could be written.")
        .register(registry);
  }

  /**
   * A provider sent bytes that no request asked for; its connection is closed.
   *
   * @param first whether its connections are no longer reused, which is logged once
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
   * Registers the number of open client connections, and their limit.
   *
   * @param closed how many were closed or not accepted because of the limit
   */
  public void registerConnections(IntSupplier open, int max, LongSupplier closed) {
    observed.addAll(List.of(open, closed));
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

  /** Registers how many connections were closed for a proxy's header, by {@code reason}. */
  public void registerProxyRefusals(String reason, LongSupplier closed) {
    observed.add(closed);
    FunctionCounter.builder("gateway.proxy.header.refused", closed, LongSupplier::getAsLong)
        .description("Connections closed because of the header of a proxy, by reason.")
        .tag("reason", reason)
        .register(registry);
  }

  /** Registers the memory that requests use, and its limit. */
  public void registerMemory(LongSupplier taken, long capacity) {
    observed.add(taken);
    Gauge.builder("gateway.request.memory.used", () -> (double) taken.getAsLong())
        .description("Memory taken by requests in flight: bodies, copies, and large answers.")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("gateway.request.memory.max", () -> (double) capacity)
        .description("Memory that requests in flight may take; beyond it they get a 503.")
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * The transport of all sockets is chosen.
   *
   * @param reason why better ones do not work here, empty where there are none
   */
  public void transportChosen(String transport, String reason) {
    LOG.atInfo()
        .addKeyValue("event", "transport_chosen")
        .addKeyValue("transport", transport)
        .log("sockets use {}{}", transport, reason.isEmpty() ? "" : ": " + reason);
  }

  /**
   * A server listens.
   *
   * @param what {@code data} or {@code management}
   * @param transport of its sockets
   */
  public void serverStarted(String what, String host, int port, String transport) {
    LOG.atInfo()
        .addKeyValue("event", "server_started")
        .addKeyValue("server", what)
        .addKeyValue("host", host)
        .addKeyValue("port", port)
        .addKeyValue("transport", transport)
        .log("{} server listens on {}:{} with {}", what, host, port, transport);
  }

  /** A signal to stop was received; requests are still served for {@code lameDuck}. */
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
}
