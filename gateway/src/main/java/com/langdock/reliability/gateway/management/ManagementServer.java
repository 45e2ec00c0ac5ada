package com.langdock.reliability.gateway.management;

import static java.util.Map.entry;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.telemetry.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The management API: finds the route of a path and checks who may use it.
 *
 * <p>It shows neither credentials nor message contents.
 */
public final class ManagementServer {
  /** Connections at once; for more, those that are idle longest are closed. */
  static final int MOST_CONNECTIONS = 256;

  /** Without HTTP/2, whose detection would hide a connection until its first bytes came. */
  private static final HttpServerOptions HTTP =
      new HttpServerOptions().setHttp2ClearTextEnabled(false);

  /** The methods that change nothing. */
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final long CLOSE_IDLE_MILLIS = 5_000;
  private static final long REFUSALS_LOGGED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final HttpServer server;
  private final Workers workers;
  private final LiveFeed live;
  private final Ticker ticker;
  private final AccessGuard guard;
  private final ConnectionLimiter<HttpConnection> connections =
      new ConnectionLimiter<>(MOST_CONNECTIONS);
  private final Map<String, Route> pages;

  /** Routes of paths that end in a name, by the part before it. */
  private final Map<String, Route> families;

  private final ProviderActionsPage actions;
  private final GovernancePages governance;
  private final RateLimitedCount refusals;
  private final Consumer<HttpConnection> accepted;
  private final long timer;

  /**
   * A server that does not listen yet.
   *
   * @param accepted sees each connection before anything is read from it
   */
  public ManagementServer(
      Vertx vertx, ManagementSources sources, Consumer<HttpConnection> accepted) {
    this.vertx = vertx;
    this.accepted = accepted;
    ticker = sources.ticker();
    guard = new AccessGuard(sources.access());
    workers = new Workers(vertx);
    refusals = new RateLimitedCount(REFUSALS_LOGGED_EVERY_NANOS);
    Route health = Route.open(request -> health(request, sources.health()));
    UiFiles files = new UiFiles();
    RequestsPage requests = new RequestsPage(vertx, sources.journal());
    ReplicasPage replicas = new ReplicasPage(vertx, sources.journal());
    UsagePage usage = new UsagePage(vertx, sources.journal(), sources.limits());
    ProvidersPage providers = new ProvidersPage(sources);
    actions = new ProviderActionsPage(sources, providers);
    governance = new GovernancePages(vertx, sources);
    live = live(vertx, workers, sources);
    pages = new HashMap<>();
    pages.putAll(
        Map.ofEntries(
            entry("/", Route.open(files::index)),
            entry(
                "/metrics",
                Route.scraped(new MetricsPage(workers, sources.meters().registry())::show)),
            entry("/api/live", Route.of(live::show)),
            entry("/api/providers", Route.of(providers::show)),
            entry("/api/token", Route.of(new TokenPage(sources)::show)),
            entry("/api/limits", Route.of(new LimitsPage(sources.limits())::show)),
            entry("/api/replicas", Route.of(replicas::show)),
            entry("/api/usage", Route.of(usage::show)),
            entry("/api/requests", Route.of(requests::list)),
            entry("/api/log-level", new LogLevelPage(sources.log()).page()),
            entry("/health", health),
            entry("/health/live", health),
            entry("/health/ready", health)));
    if (sources.config() != null) {
      ConfigPage config = new ConfigPage(workers, sources.config());
      pages.put("/api/config", config.page());
      pages.put("/api/config/check", config.check());
      pages.put("/api/config/rollback", config.rollback());
    }
    families =
        Map.of(
            UiFiles.PREFIX, Route.open(files::file),
            RequestsPage.PREFIX, Route.of(requests::one));
    server =
        vertx.createHttpServer(HTTP).connectionHandler(this::opened).requestHandler(this::handle);
    timer = vertx.setPeriodic(CLOSE_IDLE_MILLIS, tick -> closeIdle());
  }

  private static LiveFeed live(Vertx vertx, Workers workers, ManagementSources sources) {
    LiveFigures figures = new LiveFigures(sources.meters().snapshot(), sources.ticker());
    Supplier<LiveJson> json =
        () -> new LiveJson(figures, sources.targets().get(), sources.health(), sources.ticker());
    return new LiveFeed(vertx, workers, figures, json, sources.journal());
  }

  /** Listens, on a free port when {@code port} is 0; returns the port. */
  public Future<Integer> listen(int port, String host) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Stops listening and closes all connections. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    live.close();
    return server.close().eventually(workers::close).eventually(governance::close);
  }

  private void opened(HttpConnection connection) {
    connection.closeHandler(closed -> connections.closed(connection));
    accepted.accept(connection);
    HttpConnection one = connections.opened(connection, ticker.nanos());
    if (one != null) {
      one.close();
    }
  }

  private void closeIdle() {
    connections.idle(ticker.nanos()).forEach(HttpConnection::close);
  }

  private void handle(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    connections.requestBegan(connection, ticker.nanos());
    request.response().endHandler(ended -> connections.requestEnded(connection, ticker.nanos()));
    String path = request.path();
    Route page = path == null ? null : page(path);
    AccessGuard.Decision decision =
        guard.decide(
            page == null ? Route.Audience.ANYBODY : page.audience(),
            !READING.contains(request.method().name()),
            request.authority(),
            request.headers());
    switch (decision) {
      case AccessGuard.Refusal refusal -> refuse(request, refusal);
      case AccessGuard.Passed passed when page == null ->
          Responses.error(request, 404, "not_found", "Not found; the README lists the paths.");
      case AccessGuard.Passed passed -> {
        Operators.note(request, passed.token());
        Operators.noteAddress(request, guard.proxies());
        page.handle(request);
      }
    }
  }

  private void refuse(HttpServerRequest request, AccessGuard.Refusal refusal) {
    Operators.noteAddress(request, guard.proxies());
    long count = refusals.count(ticker.nanos());
    if (count > 0) {
      AdminLog.refused(request, refusal.code(), count);
    }
    if (refusal.status() == 401) {
      request.response().putHeader("www-authenticate", "Bearer realm=\"gateway\"");
    }
    Responses.error(request, refusal.status(), refusal.code(), refusal.message());
  }

  private @Nullable Route page(String path) {
    String family = path.substring(0, path.lastIndexOf('/') + 1);
    Route page = pages.get(path);
    if (page == null) {
      page = families.get(family);
    }
    page = page == null ? actions.page(path) : page;
    return page == null ? governance.page(path) : page;
  }

  private static void health(HttpServerRequest request, Health health) {
    Health.Answer answer = health.answer(request.path());
    Responses.json(request, answer.status(), Buffer.buffer(answer.json()));
  }
}
