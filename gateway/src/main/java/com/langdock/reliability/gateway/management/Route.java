package com.langdock.reliability.gateway.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests for one path: GET and HEAD, and PUT where something can be changed.
 *
 * @param audience who may ask for it
 * @param get null where nothing is shown
 * @param put null where nothing can be changed
 */
record Route(
    Audience audience,
    @Nullable Handler<HttpServerRequest> get,
    @Nullable Handler<HttpServerRequest> put) {

  /** Who may ask for a page. */
  enum Audience {
    /** Everybody: health, and the dashboard's own files. */
    ANYBODY,
    /** Whoever collects metrics. */
    SCRAPER,
    /** Whoever operates the gateway. */
    OPERATOR
  }

  /** For everybody. */
  static Route open(Handler<HttpServerRequest> get) {
    return new Route(Audience.ANYBODY, get, null);
  }

  /** For whoever collects metrics. */
  static Route scraped(Handler<HttpServerRequest> get) {
    return new Route(Audience.SCRAPER, get, null);
  }

  /** For operators, where nothing can be changed. */
  static Route of(Handler<HttpServerRequest> get) {
    return new Route(Audience.OPERATOR, get, null);
  }

  /** For operators, where something is shown and can be changed. */
  static Route of(Handler<HttpServerRequest> get, Handler<HttpServerRequest> put) {
    return new Route(Audience.OPERATOR, get, put);
  }

  /** For operators, where nothing is shown and something can be changed. */
  static Route changing(Handler<HttpServerRequest> put) {
    return new Route(Audience.OPERATOR, null, put);
  }

  /** Answers a request that may pass. */
  void handle(HttpServerRequest request) {
    String method = request.method().name();
    boolean asks = method.equals("GET") || method.equals("HEAD");
    if (asks && get != null) {
      get.handle(request);
    } else if (method.equals("PUT") && put != null) {
      put.handle(request);
    } else {
      String allowed = allowed();
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      Responses.error(request, 405, "method_not_allowed", "Only " + allowed + " work here.");
    }
  }

  private String allowed() {
    if (get == null) {
      return "PUT";
    }
    return put == null ? "GET, HEAD" : "GET, HEAD, PUT";
  }
}
