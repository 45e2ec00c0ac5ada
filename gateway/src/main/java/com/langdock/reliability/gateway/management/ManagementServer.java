package com.langdock.reliability.gateway.management;

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
  private final Map<String, Page> pages;
  private final Page oneRequest;

  /** A server that does not listen yet. */
  public ManagementServer(Vertx vertx, ManagementSources sources) {
    Page health = Page.of(request -> health(request, sources.health()));
    RequestsPage requests = new RequestsPage(vertx, sources.journal());
    oneRequest = Page.of(requests::one);
    pages =
        Map.of(
            "/", Page.of(IndexPage::show),
            "/metrics", Page.of(new MetricsPage(vertx, sources.metrics())::show),
            "/api/providers", Page.of(new ProvidersPage(sources)::show),
            "/api/requests", Page.of(requests::list),
            "/api/log-level", new LogLevelPage(sources.log()).page(),
            "/health", health,
            "/health/live", health,
            "/health/ready", health);
    server = vertx.createHttpServer().requestHandler(this::handle);
  }

  /** Listens, on a free port when {@code port} is 0; the future has the port. */
  public Future<Integer> listen(int port, String host) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Closes its connections and listens no more. */
  public Future<Void> close() {
    return server.close();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    Page page = path == null ? null : page(path);
    if (page == null) {
      Reply.error(request, 404, "not_found", "Nothing is at this path; / lists what there is.");
    } else {
      page.handle(request);
    }
  }

  private @Nullable Page page(String path) {
    return path.startsWith(RequestsPage.PREFIX) ? oneRequest : pages.get(path);
  }

  private static void health(HttpServerRequest request, Health health) {
    Health.Answer answer = health.answer(request.path());
    Reply.json(request, answer.status(), Buffer.buffer(answer.json()));
  }
}
