package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.AnonymousAccess;
import com.langdock.reliability.gateway.access.HostNames;
import com.langdock.reliability.gateway.access.LocalAccess;
import com.langdock.reliability.gateway.config.Credential;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ObservabilityConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.ServerConfig;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.front.DataApi;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestLimits;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.front.chat.ChatFront;
import com.langdock.reliability.gateway.front.messages.MessagesFront;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.management.BreakerHistory;
import com.langdock.reliability.gateway.management.ManagementAccess;
import com.langdock.reliability.gateway.management.ManagementServer;
import com.langdock.reliability.gateway.management.ManagementSources;
import com.langdock.reliability.gateway.server.ClientConnections;
import com.langdock.reliability.gateway.server.ConnectionLimit;
import com.langdock.reliability.gateway.server.DataServer;
import com.langdock.reliability.gateway.telemetry.ExemplarsOnBuckets;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.ProcessMeters;
import com.langdock.reliability.gateway.telemetry.ReadyMeters;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import com.langdock.reliability.gateway.telemetry.tracing.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A gateway, put together once and in the order in which a request meets its parts: one data server
 * and one set of connections per event loop, everything else shared.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  /** The longest that one step of stopping may take. */
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /** Three eighths: parsing and translating need as much again for a moment. */
  private static final double REQUESTS_SHARE_OF_HEAP = 0.375;

  /** One random source for all threads: each call goes to the caller's own generator. */
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final GatewayConfig config;
  private final Ticker ticker = new SystemTicker();
  private final LogSetup log;
  private final Optional<Journal> journal;
  private final Observability observability;
  private final Tracing tracing;
  private final Router router;
  private final List<Front> fronts;
  private final SessionFactory sessions;
  private final RequestMemory memory;
  private final ConnectionLimit connections;
  private final BodyWorkers workers;
  private final Health health;
  private final LoopDelay loopDelay;
  private final LoopParts loops;
  private final ManagementServer management;
  private final List<Target> targets;
  private final Queue<DataServer> servers = new ConcurrentLinkedQueue<>();
  private final Vertx vertx;
  private volatile int port;
  private int managementPort;

  private Gateway(GatewayConfig config, LogFormat format, Map<String, String> environment) {
    this.config = config;
    CoreParts core = new CoreParts(config);
    targets = core.targets();
    log = LogSetup.start(Level.valueOf(config.observability().logLevel().name()), format);
    tracing = Tracing.of(environment, baseUrls(config));
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(new ExemplarsOnBuckets());
    journal = JournalParts.of(config, ticker);
    BreakerHistory breakers = new BreakerHistory(ticker);
    observability =
        new Observability(
            metrics,
            ticker,
            targets,
            config.catalog(),
            Stream.concat(journal.stream(), Stream.of(breakers)).toList());
    fronts =
        List.of(
            new ChatFront(config.catalog(), targets, ticker.unixMillis() / 1_000),
            new MessagesFront(config.catalog(), targets));
    router = core.router();
    TargetStates targetStates =
        core.targetStates(observability.breakerListener(), RANDOM, ticker.nanos());
    sessions = new SessionFactory(core.rules(), targetStates, RANDOM);
    memory = requestMemory(ticker);
    workers = BodyWorkers.start(Math.max(2, Runtime.getRuntime().availableProcessors()));
    connections = connectionLimit(config.server().maxConnections());
    observability.registerConnections(
        connections::open, connections.max(), connections::closedForRoom);
    observability.registerMemory(memory::taken, memory.capacity());
    health =
        new Health(
            () -> targetStates.anyReady(ticker.nanos()), memory::isOverloaded, this::journalStatus);
    observability.register(targetStates);
    observability.register(log);
    journal.ifPresent(kept -> JournalMeters.register(metrics, kept, ticker));
    ReadyMeters.register(metrics, targets, targetStates, ticker);
    ProcessMeters.register(metrics, CommandLine.VERSION);
    loopDelay = new LoopDelay(metrics, ticker);
    loops =
        new LoopParts(
            config, ticker, provider -> first -> observability.unsolicited(provider, first));
    vertx = vertx().exceptionHandler(thrown -> observability.bug(null, null, thrown));
    management =
        new ManagementServer(
            vertx,
            new ManagementSources(
                new ManagementSources.Meters(metrics, observability::snapshot),
                new ManagementSources.Targets(config.offers(), targetStates, breakers),
                health,
                log,
                journal.map(Journal::reader).orElse(null),
                access(config.observability()),
                ticker));
  }

  private static RequestMemory requestMemory(Ticker ticker) {
    return new RequestMemory(
        (long) (Runtime.getRuntime().maxMemory() * REQUESTS_SHARE_OF_HEAP), ticker);
  }

  private static ConnectionLimit connectionLimit(int configured) {
    return configured == 0
        ? ConnectionLimit.forDescriptors(OpenFiles.max())
        : new ConnectionLimit(configured);
  }

  /**
   * Starts a gateway and returns when it listens.
   *
   * @param environment whose {@code OTEL_*} variables say where traces go
   * @throws IllegalStateException when a port cannot be listened on: its message is one line that
   *     names the setting; nothing that was started is left
   */
  public static Gateway start(
      GatewayConfig config, LogFormat format, Map<String, String> environment) {
    Gateway gateway = new Gateway(config, format, environment);
    try {
      gateway.listen();
    } catch (Throwable problem) {
      gateway.stopParts();
      throw problem;
    }
    return gateway;
  }

  /** Starts a gateway that logs JSON and sends no traces. */
  public static Gateway start(GatewayConfig config) {
    return start(config, LogFormat.JSON, Map.of());
  }

  /** The port of the data API. */
  public int port() {
    return port;
  }

  /** The port of the management API. */
  public int managementPort() {
    return managementPort;
  }

  /**
   * Serves everything on for the configured time while health checks say that the gateway stops,
   * and each answer is the last of its connection; then drains. Where nobody is connected or was
   * lately, it drains at once.
   */
  public void drainAfterLameDuck() {
    Duration lameDuck = config.server().lameDuck();
    health.drain();
    if (!servers.stream().allMatch(server -> server.isQuiet(lameDuck))) {
      observability.serverStops(lameDuck);
      ShutdownSteps.run("lame duck", lameDuck.plusSeconds(1), () -> Thread.sleep(lameDuck));
    }
    drain();
  }

  /**
   * Takes no new connections, lets the requests in flight finish, and stops; those that are not
   * done in the configured time end in an error that says so.
   */
  public void drain() {
    health.drain();
    Duration timeout = config.server().drainTimeout();
    ShutdownSteps.run("drain", timeout.plus(CLOSE), () -> drain(timeout));
    close();
  }

  private void drain(Duration timeout) {
    List<Future<Void>> drained = servers.stream().map(server -> server.drain(timeout)).toList();
    await(Future.join(drained), timeout.plus(CLOSE));
  }

  /** Stops at once. */
  @Override
  public void close() {
    ShutdownSteps.run("last words", CLOSE, () -> observability.serverStopped("gateway"));
    stopParts();
  }

  private void stopParts() {
    ShutdownSteps.run("management", CLOSE, () -> await(management.close(), CLOSE));
    ShutdownSteps.run("event loops", CLOSE, () -> await(vertx.close(), CLOSE));
    ShutdownSteps.run("tracing", CLOSE, tracing::close);
    ShutdownSteps.run("journal", CLOSE, () -> journal.ifPresent(Journal::close));
    ShutdownSteps.run("log", CLOSE, log::close);
  }

  private void listen() {
    DeploymentOptions loops =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    ServerConfig data = config.server();
    listening(
        vertx.deployVerticle(() -> new LoopVerticle(this::listen), loops),
        thrown ->
            ListenFailure.describe("server.host", "server.port", data.host(), data.port(), thrown));
    String host = config.observability().host();
    int wanted = config.observability().metricsPort();
    managementPort =
        listening(
            management.listen(wanted, host),
            thrown ->
                ListenFailure.describe(
                    "observability.host", "observability.metrics_port", host, wanted, thrown));
    observability.serverStarted("data", config.server().host(), port);
    observability.serverStarted("management", host, managementPort);
    journal.ifPresent(Journal::start); // Aside, and not before the gateway listens.
  }

  /** Listens on the event loop of {@code loop}. */
  private Future<Integer> listen(Vertx loop) {
    loopDelay.watch(loop);
    RequestServices services = services(loop);
    DataApi api = new DataApi(services, access(), health, fronts);
    DataServer server =
        new DataServer(loop, new ClientConnections(services.loop().events(), api, connections));
    servers.add(server);
    // Servers that listen on one negative port share one free port.
    int wanted = config.server().port() == 0 ? -1 : config.server().port();
    return server.listen(wanted, config.server().host()).onSuccess(actual -> port = actual);
  }

  private Access access() {
    return config.server().allowAnonymous()
        ? new AnonymousAccess()
        : new LocalAccess(HostNames.own());
  }

  private RequestServices services(Vertx loop) {
    Loop parts = loops.loop(loop, workers);
    return new RequestServices(
        parts,
        new RequestLimits(
            config.server().maxBody(),
            config.timeout().total().toNanos(),
            config.timeout().streamTotal().toNanos()),
        memory,
        router,
        sessions,
        observability,
        observability.requests(watchers(parts.events())),
        RANDOM);
  }

  /** The label of the journal's status, null where none is kept. */
  private @Nullable String journalStatus() {
    return journal.map(kept -> Labels.of(kept.state().status())).orElse(null);
  }

  private List<RequestWatcher> watchers(EventLoop events) {
    return Stream.concat(
            Stream.of(tracing), JournalParts.watcher(journal, config.journal(), events).stream())
        .toList();
  }

  private static Map<String, URI> baseUrls(GatewayConfig config) {
    return config.providers().stream()
        .collect(Collectors.toMap(ProviderConfig::name, ProviderConfig::baseUrl));
  }

  private static ManagementAccess access(ObservabilityConfig config) {
    Credential token = config.adminToken();
    return new ManagementAccess(
        config.isLocal(), token == null ? null : token.reveal(), config.allowedHosts());
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /** Vert.x throws what Netty did, checked exceptions too, without a word in its signature. */
  private static <T> T listening(Future<T> listening, Function<Throwable, String> describe) {
    try {
      return await(listening, START);
    } catch (Exception thrown) {
      throw new IllegalStateException(describe.apply(thrown), thrown);
    }
  }

  private static <T> T await(Future<T> future, Duration most) {
    try {
      return future.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("not done after " + most, late);
    }
  }
}
