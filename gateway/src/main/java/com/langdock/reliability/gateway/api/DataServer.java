package com.langdock.reliability.gateway.api;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.api.response.ApiError;
import com.langdock.reliability.gateway.api.response.ModelList;
import com.langdock.reliability.gateway.api.response.RequestIdentity;
import com.langdock.reliability.gateway.api.response.Responder;
import com.langdock.reliability.gateway.loop.TurnEnd;
import com.langdock.reliability.gateway.observability.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;

/**
 * The data API on one event loop: finds the handler for a method and path, refuses what it does not
 * know, and lets strangers in only when the configuration says so.
 */
public final class DataServer {
  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";

  private final ChatServices services;
  private final DoorKeeper doorKeeper;
  private final Health health;
  private final Buffer models;
  private final Connections connections;
  private final TurnEnd turnEnd = new TurnEnd();
  private final HttpServer server;

  /** A server that does not listen yet. */
  public DataServer(
      Vertx vertx,
      ChatServices services,
      DoorKeeper doorKeeper,
      Health health,
      List<Target> targets) {
    this.services = services;
    this.doorKeeper = doorKeeper;
    this.health = health;
    long startedSeconds = services.loop().ticker().unixMillis() / 1_000;
    this.models = ModelList.of(targets, startedSeconds);
    this.connections = new Connections(vertx, services.loop().ticker());
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setStrictThreadMode(true)
            .setTcpNoDelay(true);
    this.server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::opened)
            .invalidRequestHandler(this::invalid)
            .requestHandler(this::handle);
  }

  /** Listens; servers of several loops share the port. */
  public Future<Integer> listen(int port, String host) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Takes no new connections, and ends when the requests in flight have, or after {@code most}. */
  public Future<Void> drain(Duration most) {
    return server.shutdown(most);
  }

  private void opened(HttpConnection connection) {
    if (connection instanceof io.vertx.core.net.impl.ConnectionBase open) {
      turnEnd.gather(open.channel());
    }
    connections.opened(connection);
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/health", "/health/live", "/health/ready" -> health(request);
      case String path when doorKeeper.admits(request.remoteAddress()) -> route(request, path);
      case null, default -> fail(request, DoorKeeper.REFUSAL);
    }
  }

  private void route(HttpServerRequest request, String path) {
    switch (path) {
      case CHAT -> {
        if (allows(request, HttpMethod.POST)) {
          chat(request);
        }
      }
      case MODELS -> {
        if (allows(request, HttpMethod.GET)) {
          Responder.identify(request.response(), identity(request));
          Responder.json(request.response(), 200, models);
        }
      }
      default ->
          fail(request, ApiError.invalid(404, "not_found", "Nothing is at this path.", null));
    }
  }

  private void chat(HttpServerRequest request) {
    if (!ContentType.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      fail(request, ContentType.REFUSAL);
      return;
    }
    ClientCall call = new ClientCall(services, request, identity(request));
    BodyReader reader =
        new BodyReader(
            services.limits().maxBody(), services.memory(), services.loop().ticker(), call);
    connections.begun(request, reader);
    reader.read(request);
  }

  private void health(HttpServerRequest request) {
    if (allows(request, HttpMethod.GET)) {
      Health.Answer answer = health.answer(request.path());
      Responder.json(request.response(), answer.status(), Buffer.buffer(answer.json()));
    }
  }

  private boolean allows(HttpServerRequest request, HttpMethod method) {
    boolean allowed =
        method.equals(request.method())
            || (method.equals(HttpMethod.GET) && HttpMethod.HEAD.equals(request.method()));
    if (!allowed) {
      request.response().putHeader(HttpHeaders.ALLOW, method.name());
      String message = "Use " + method + " here.";
      fail(request, ApiError.invalid(405, "method_not_allowed", message, null));
    }
    return allowed;
  }

  private void invalid(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    fail(request, BadHead.error(request.decoderResult().cause()));
  }

  private void fail(HttpServerRequest request, ApiError error) {
    Responder.error(request.response(), error, identity(request));
  }

  private RequestIdentity identity(HttpServerRequest request) {
    long now = services.loop().ticker().unixMillis();
    return RequestIdentity.of(
        RequestIds.next(now, services.random()), request.getHeader("x-request-id"));
  }
}
