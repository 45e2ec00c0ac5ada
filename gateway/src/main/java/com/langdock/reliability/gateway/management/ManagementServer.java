package com.langdock.reliability.gateway.management;

import static java.util.Map.entry;

import com.langdock.reliability.gateway.management.live.LiveFigures;
import com.langdock.reliability.gateway.management.live.LiveJson;
import com.langdock.reliability.gateway.management.mocks.Mocks;
import com.langdock.reliability.gateway.management.mocks.Tries;
import com.langdock.reliability.gateway.observability.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The management API: finds the page for a path.
 *
 * <p>Whoever reaches its port may use it; the configuration says who does. It shows no credential
 * and nothing of any message.
 */
public final class ManagementServer {
  private final HttpServer server;
  private final LivePage live;
  private final Map<String, Page> pages;

  /** What is under a path that ends in the name of something. */
  private final Map<String, Page> families;

  private HostGuard guard = new HostGuard("");

  /** A server that does not listen yet. */
  public ManagementServer(Vertx vertx, ManagementSources sources) {
    Page health = Page.of(request -> health(request, sources.health()));
    UiFiles files = new UiFiles();
    RequestsPage requests = new RequestsPage(vertx, sources.journal());
    Mocks found = new Mocks(vertx, sources.providers());
    MocksPage mocks = new MocksPage(found);
    TryPage tries = new TryPage(found, new Tries(vertx, sources.dataPort()));
    live = live(vertx, sources);
    pages =
        Map.ofEntries(
            entry("/", Page.of(files::index)),
            entry("/metrics", Page.of(new MetricsPage(vertx, sources.metrics())::show)),
            entry("/api/live", Page.of(live::show)),
            entry("/api/providers", Page.of(new ProvidersPage(sources)::show)),
            entry("/api/requests", Page.of(requests::list)),
            entry("/api/mocks", Page.of(mocks::list)),
            entry("/api/try", Page.changing(tries::handle)),
            entry("/api/log-level", new LogLevelPage(sources.log()).page()),
            entry("/health", health),
            entry("/health/live", health),
            entry("/health/ready", health));
    families =
        Map.of(
            UiFiles.PREFIX, Page.of(files::file),
            RequestsPage.PREFIX, Page.of(requests::one),
            MocksPage.PREFIX, new Page(mocks::show, mocks::change));
    server = vertx.createHttpServer().requestHandler(this::handle);
  }

  private static LivePage live(Vertx vertx, ManagementSources sources) {
    LiveFigures figures =
        new LiveFigures(sources.metrics().getPrometheusRegistry(), sources.ticker());
    LiveJson json =
        new LiveJson(
            figures,
            sources.breakers(),
            sources.offers(),
            sources.gates(),
            sources.health(),
            sources.ticker());
    return new LivePage(vertx, figures, json, sources.journal() != null);
  }

  /** Listens, on a free port when {@code port} is 0; the future has the port. */
  public Future<Integer> listen(int port, String host) {
    guard = new HostGuard(host);
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Closes its connections and listens no more. */
  public Future<Void> close() {
    live.close();
    return server.close();
  }

  private void handle(HttpServerRequest request) {
    if (!guard.letsIn(request)) {
      return;
    }
    String path = request.path();
    Page page = path == null ? null : page(path);
    if (page == null) {
      Reply.error(request, 404, "not_found", "Nothing is at this path; the README lists them.");
    } else {
      page.handle(request);
    }
  }

  private @Nullable Page page(String path) {
    String family = path.substring(0, path.lastIndexOf('/') + 1);
    Page page = pages.get(path);
    return page == null ? families.get(family) : page;
  }

  private static void health(HttpServerRequest request, Health health) {
    Health.Answer answer = health.answer(request.path());
    Reply.json(request, answer.status(), Buffer.buffer(answer.json()));
  }
}
