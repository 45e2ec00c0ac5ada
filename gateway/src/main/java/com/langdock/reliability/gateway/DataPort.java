package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.ServerConfig;
import com.langdock.reliability.gateway.front.DataApi;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.limits.Load;
import com.langdock.reliability.gateway.loop.BodyArrays;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.server.ClientConnections;
import com.langdock.reliability.gateway.server.ConnectionLimit;
import com.langdock.reliability.gateway.server.ConnectionRules;
import com.langdock.reliability.gateway.server.DataServer;
import com.langdock.reliability.gateway.server.ProxyRefusals;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.tls.ServerTls;
import com.langdock.reliability.gateway.upstream.UpstreamNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The data port on all event loops, and what its loops share. Thread-safe. */
final class DataPort {
  /** Three eighths: parsing and translating need as much again for a moment. */
  private static final double REQUESTS_SHARE_OF_HEAP = 0.375;

  /** One of so many parts of the requests' memory may be arrays that wait for a large body. */
  private static final int WAITING_PART = 8;

  /**
   * How often arrays that were not needed are dropped. What is dropped stays in the old generation
   * until that is collected, which may be hours later.
   */
  private static final long TRIM_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Observability observability;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final BodyArrays bodies;
  private final RequestMemory memory;
  private final AtomicLong inFlight = new AtomicLong();
  private final ConnectionLimit connections;
  private final BodyWorkers workers;
  private final ProxyRefusals proxyRefusals = new ProxyRefusals();
  private final Queue<DataLoop> loops = new ConcurrentLinkedQueue<>();
  private volatile int port;

  /**
   * What its loops serve.
   *
   * @param setups what they begin with
   * @param watchers watch the requests of a setup on one event loop
   * @param tls null where the port does without
   */
  record Service(
      Setups setups,
      Health health,
      BiFunction<Setup, EventLoop, List<RequestWatcher>> watchers,
      LoopDelay delay,
      @Nullable ServerTls tls) {
    ConnectionRules rules(Setup setup, ProxyRefusals refusals) {
      ServerConfig.Connections config = setup.config().server().connections();
      return new ConnectionRules(tls, config.proxies(), config.proxyProtocol(), refusals);
    }
  }

  /**
   * A port that nothing listens on yet.
   *
   * @param random must allow calls from every thread
   */
  DataPort(
      ServerConfig config, Observability observability, RandomGenerator random, Ticker ticker) {
    this.observability = observability;
    this.random = random;
    this.ticker = ticker;
    long forRequests = (long) (Runtime.getRuntime().maxMemory() * REQUESTS_SHARE_OF_HEAP);
    bodies = new BodyArrays(forRequests / WAITING_PART);
    memory = new RequestMemory(forRequests - forRequests / WAITING_PART, ticker);
    workers = BodyWorkers.start(Math.max(2, Runtime.getRuntime().availableProcessors()));
    connections = connectionLimit(config.capacity().connections());
    observability.registerConnections(
        connections::open, connections.max(), connections::closedForRoom);
    observability.registerMemory(memory::taken, memory.capacity());
    for (ProxyRefusals.Reason reason : ProxyRefusals.Reason.values()) {
      observability.registerProxyRefusals(Labels.of(reason), () -> proxyRefusals.count(reason));
    }
  }

  private static ConnectionLimit connectionLimit(int configured) {
    return configured == 0
        ? ConnectionLimit.forDescriptors(OpenFiles.max())
        : new ConnectionLimit(configured);
  }

  /** Listens on the event loop of {@code loop}, which shares the port with the others. */
  Future<Integer> listen(Vertx loop, Service service) {
    EventLoop events = EventLoop.of(loop, workers, ticker);
    Load load =
        new Load(inFlight, memory::used, service.delay().watch(events), observability::shed);
    UpstreamNetwork network = UpstreamNetwork.of(loop, events);
    LoopParts parts =
        new LoopParts(
            new RequestServices(events, memory, load, observability, random),
            provider -> network.connector(provider.upstream()),
            setup -> service.watchers().apply(setup, events));
    events.every(TRIM_NANOS, bodies::trim);
    Setup setup = service.setups().current();
    DataApi api = new DataApi(service.health(), parts.use(setup));
    DataServer server =
        new DataServer(loop, new ClientConnections(events, api, connections, bodies));
    server.use(service.rules(setup, proxyRefusals));
    loops.add(new DataLoop(events, parts, api, server, next -> service.rules(next, proxyRefusals)));
    ServerConfig config = setup.config().server();
    // Servers that listen on one negative port share one free port.
    int wanted = config.port() == 0 ? -1 : config.port();
    return server.listen(wanted, config.host()).onSuccess(actual -> port = actual);
  }

  /** The port that is listened on. */
  int port() {
    return port;
  }

  /** Has the requests that begin from now on follow {@code setup}. */
  Future<?> use(Setup setup) {
    return Future.join(loops.stream().map(loop -> loop.use(setup)).toList());
  }

  /** Whether no client is connected and none was accepted for {@code time}. */
  boolean isQuiet(Duration time) {
    return loops.stream().allMatch(loop -> loop.server().isQuiet(time));
  }

  /** Stops accepting; the remaining requests are ended after {@code most}. */
  Future<?> drain(Duration most) {
    return Future.join(loops.stream().map(loop -> loop.server().drain(most)).toList());
  }

  /** Ends the responses whose requests may not go on. */
  void review() {
    loops.forEach(loop -> loop.server().review());
  }

  /** Whether a request was lately refused because too much memory was used. */
  boolean isOverloaded() {
    return memory.isOverloaded();
  }
}
