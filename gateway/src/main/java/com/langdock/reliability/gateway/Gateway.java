package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.access.HostNames;
import com.langdock.reliability.gateway.certificates.Certificates;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.ObservabilityConfig;
import com.langdock.reliability.gateway.config.ServerConfig;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.store.ReplicaRow;
import com.langdock.reliability.gateway.limits.CeilingDraws;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.Waiting;
import com.langdock.reliability.gateway.management.BreakerHistory;
import com.langdock.reliability.gateway.management.ManagementServer;
import com.langdock.reliability.gateway.management.ManagementSources;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.reload.ConfigText;
import com.langdock.reliability.gateway.reload.Edition;
import com.langdock.reliability.gateway.shared.RedisDrawing;
import com.langdock.reliability.gateway.telemetry.ExemplarsOnBuckets;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.LimitMeters;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.ProcessMeters;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.StoreMeters;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import com.langdock.reliability.gateway.telemetry.tracing.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A gateway, put together once and in the order in which a request meets its parts. */
public final class Gateway implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  /** How often reservations are looked for that nobody settled. */
  private static final Duration LOST = Duration.ofSeconds(10);

  /** The longest that one step of stopping may take. */
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /** One random source for all threads: each call goes to the caller's own generator. */
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final Ticker ticker = new SystemTicker();
  private final LogSetup log;
  private final ProcessLimits limits;
  private final KeyParts keys;
  private final Optional<Journal> journal;
  private final Optional<CeilingDraws> draws;
  private final Optional<RedisDrawing> drawing;
  private final Observability observability;
  private final Tracing tracing;
  private final Setups setups;
  private final DataPort data;
  private final Health health;
  private final LoopDelay loopDelay;
  private final Certificates certificates;
  private final @Nullable ConfigReload reload;
  private final ManagementServer management;
  private final TransportChoice<Vertx> transport;
  private final Vertx vertx;
  private int managementPort;

  private Gateway(
      GatewayConfig config,
      LogFormat format,
      Map<String, String> environment,
      @Nullable ConfigText text) {
    log = LogSetup.start(level(config), format);
    tracing = Tracing.of(environment);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(new ExemplarsOnBuckets());
    BreakerHistory breakers = new BreakerHistory(ticker);
    boolean hasStore = !(config.journal().store() instanceof JournalConfig.Store.None);
    limits =
        new ProcessLimits(
            ticker,
            LimitParts.rules(config),
            hasStore,
            new LimitMeters(metrics),
            LimitParts.shared(config));
    String replica = replica();
    keys = KeyParts.of(config, limits, ticker, replica, this::endCutRequests);
    journal =
        JournalParts.of(config, keys.before(new UsageTotals(limits, ticker, replica)), ticker);
    StoreMeters stores = new StoreMeters(metrics);
    draws = JournalParts.draws(config, limits, stores, replica, this::process);
    draws.ifPresent(ceilings -> stores.register(CeilingDraws.STORE, ceilings::replicas));
    drawing = LimitParts.drawing(config, limits, stores, ticker, replica);
    drawing.ifPresent(redis -> stores.register(RedisDrawing.STORE, redis::replicas));
    observability =
        new Observability(
            metrics, ticker, Stream.concat(journal.stream(), Stream.of(breakers)).toList());
    setups =
        new Setups(
            config,
            new Setups.Shared(observability, limits, keys.stored(), RANDOM, ticker),
            ProviderFormats::of);
    data = new DataPort(config.server(), observability, RANDOM, ticker);
    health =
        new Health(
            this::anyTargetReady,
            data::isOverloaded,
            this::journalStatus,
            () -> keys.isStarting(setups.current().limitRules() != null));
    observability.registerReservations(limits.quotas()::open);
    observability.register(log);
    journal.ifPresent(kept -> JournalMeters.register(metrics, kept, ticker));
    keys.register(metrics);
    ProcessMeters.register(metrics, CommandLine.VERSION);
    loopDelay = new LoopDelay(metrics);
    try {
      certificates = Certificates.of(config, metrics, ticker);
      transport = transport(config);
    } catch (IllegalStateException unusable) {
      stopRecords(tracing, journal, log);
      throw unusable;
    }
    vertx = transport.started().exceptionHandler(thrown -> observability.bug(null, null, thrown));
    reload =
        text == null
            ? null
            : text.reload(metrics, ticker, new ConfigReload.Gateway(this::needsRestart, this::use));
    management =
        new ManagementServer(vertx, sources(metrics, breakers), certificates::secureManagement);
  }

  private static TransportChoice<Vertx> transport(GatewayConfig config) {
    return TransportChoice.start(
        config.server().connections().transport(), TransportChoice.known(), TransportChoice::vertx);
  }

  private ManagementSources sources(PrometheusMeterRegistry metrics, BreakerHistory breakers) {
    return new ManagementSources(
        new ManagementSources.Meters(metrics, observability::snapshot),
        () -> targets(setups.current(), breakers),
        health,
        log,
        journal.map(Journal::reader).orElse(null),
        reload,
        keys.changes(journal, () -> setups.current().config()),
        () -> setups.current().management(),
        limits,
        ticker);
  }

  /** A name for this process that no other one has. */
  private static String replica() {
    return Long.toHexString(RANDOM.nextLong()) + Long.toHexString(RANDOM.nextLong());
  }

  /** What others are told of this process. */
  private ReplicaRow.About process() {
    String host = HostNames.own().stream().findFirst().orElse("unknown");
    Edition edition = reload == null ? null : reload.current();
    return new ReplicaRow.About(
        host,
        CommandLine.VERSION,
        edition == null ? "" : edition.sha256(),
        edition == null ? 0 : edition.version());
  }

  private static Level level(GatewayConfig config) {
    return Level.valueOf(config.observability().logLevel().name());
  }

  private static ManagementSources.Targets targets(Setup setup, BreakerHistory breakers) {
    return new ManagementSources.Targets(setup.config().offers(), setup.targetStates(), breakers);
  }

  /**
   * Starts a gateway and returns when it listens.
   *
   * @param environment whose {@code OTEL_*} variables say where traces go
   * @throws IllegalStateException when a port cannot be listened on, or the configured transport is
   *     not available: its message is one line that names the setting; nothing that was started is
   *     left
   */
  public static Gateway start(
      GatewayConfig config, LogFormat format, Map<String, String> environment) {
    return start(config, format, environment, null);
  }

  /**
   * Starts a gateway whose configuration can be read again.
   *
   * @param text of {@code config}; null where it has none
   */
  static Gateway start(
      GatewayConfig config,
      LogFormat format,
      Map<String, String> environment,
      @Nullable ConfigText text) {
    Gateway gateway = new Gateway(config, format, environment, text);
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

  private Optional<String> needsRestart(GatewayConfig next) {
    return RestartSettings.problem(setups.current().config(), next).or(() -> keys.problem(next));
  }

  /** Ends the requests that run under revoked keys. */
  private void endCutRequests() {
    data.review();
  }

  /** The file of its configuration, empty where it has none. */
  Optional<ConfigReload> reload() {
    return Optional.ofNullable(reload);
  }

  /** The port of the data API. */
  public int port() {
    return data.port();
  }

  /** The port of the management API. */
  public int managementPort() {
    return managementPort;
  }

  /**
   * Uses another configuration. Requests that begin after this method has returned follow it; those
   * that run end by the one they began with. What is unchanged keeps its connections, breakers,
   * pauses and budgets.
   *
   * @throws IllegalArgumentException when it changes settings that need a restart, which the
   *     message names; then nothing has changed
   */
  public synchronized void use(GatewayConfig config) {
    Level before = level(setups.current().config());
    Setup next = setups.use(config);
    keys.use(config);
    certificates.use(config);
    if (level(config) != before) {
      log.level(level(config));
    }
    journal.ifPresent(kept -> kept.keep(config.journal().retention()));
    Waiting.await(data.use(next), CLOSE);
  }

  /**
   * Serves everything on for the configured time while health checks say that the gateway stops,
   * and each answer is the last of its connection; then drains. Where nobody is connected or was
   * lately, it drains at once.
   */
  public void drainAfterLameDuck() {
    Duration lameDuck = server().stop().lameDuck();
    health.drain();
    if (!data.isQuiet(lameDuck)) {
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
    Duration timeout = server().stop().drainTimeout();
    ShutdownSteps.run(
        "drain",
        timeout.plus(CLOSE),
        () -> Waiting.await(data.drain(timeout), timeout.plus(CLOSE)));
    close();
  }

  /** Stops at once. */
  @Override
  public void close() {
    ShutdownSteps.run("last words", CLOSE, () -> observability.serverStopped("gateway"));
    stopParts();
  }

  private void stopParts() {
    ShutdownSteps.run("credentials", CLOSE, setups::close);
    ShutdownSteps.run("keys", CLOSE, keys::close);
    ShutdownSteps.run("certificates", CLOSE, certificates::close);
    ShutdownSteps.run("management", CLOSE, () -> Waiting.await(management.close(), CLOSE));
    ShutdownSteps.run("event loops", CLOSE, () -> Waiting.await(vertx.close(), CLOSE));
    ShutdownSteps.run("shared limits", CLOSE, () -> drawing.ifPresent(RedisDrawing::close));
    stopRecords(tracing, journal, log);
    ShutdownSteps.run("shared budgets", CLOSE, () -> draws.ifPresent(CeilingDraws::close));
  }

  private static void stopRecords(Tracing tracing, Optional<Journal> journal, LogSetup log) {
    ShutdownSteps.run("tracing", CLOSE, tracing::close);
    ShutdownSteps.run("journal", CLOSE, () -> journal.ifPresent(Journal::close));
    ShutdownSteps.run("log", CLOSE, log::close);
  }

  private void listen() {
    DeploymentOptions loops =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    ServerConfig server = server();
    DataPort.Service service =
        new DataPort.Service(setups, health, this::watchers, loopDelay, certificates.data());
    ObservabilityConfig config = setups.current().config().observability();
    listening(
        vertx.deployVerticle(() -> new LoopVerticle(loop -> data.listen(loop, service)), loops),
        thrown ->
            ListenFailure.describe(
                "server.host", "server.port", server.host(), server.port(), thrown));
    String host = config.host();
    int wanted = config.metricsPort();
    managementPort =
        listening(
            management.listen(wanted, host),
            thrown ->
                ListenFailure.describe(
                    "observability.host", "observability.metrics_port", host, wanted, thrown));
    String name = transport.transport();
    observability.transportChosen(name, transport.reason());
    observability.serverStarted("data", server.host(), data.port(), name);
    observability.serverStarted("management", host, managementPort, name);
    vertx.setPeriodic(LOST.toMillis(), timer -> limits.chargeLost());
    certificates.watch();
    journal.ifPresent(Journal::start); // Aside, and not before the gateway listens.
    keys.follow(journal);
    draws.ifPresent(CeilingDraws::start);
    drawing.ifPresent(RedisDrawing::start);
  }

  private ServerConfig server() {
    return setups.current().config().server();
  }

  private boolean anyTargetReady() {
    return setups.current().targetStates().anyReady(ticker.nanos());
  }

  /** The label of the journal's status, null where none is kept. */
  private @Nullable String journalStatus() {
    return journal.map(kept -> Labels.of(kept.state().status())).orElse(null);
  }

  private List<RequestWatcher> watchers(Setup setup, EventLoop events) {
    return Stream.concat(
            Stream.of(tracing.requests(setup.baseUrls())),
            JournalParts.watcher(journal, setup.config(), events).stream())
        .toList();
  }

  private static <T> T listening(Future<T> listening, Function<Throwable, String> describe) {
    try {
      return Waiting.await(listening, START);
    } catch (CompletionException failed) {
      Throwable thrown = Objects.requireNonNullElse(failed.getCause(), failed);
      throw new IllegalStateException(describe.apply(thrown), thrown);
    } catch (IllegalStateException late) {
      throw new IllegalStateException(describe.apply(late), late);
    }
  }
}
