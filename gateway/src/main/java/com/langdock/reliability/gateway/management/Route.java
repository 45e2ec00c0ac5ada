package com.langdock.reliability.gateway.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests for one path: GET and HEAD, and PUT or POST where something can be changed.
 *
 * @param audience who may use it
 * @param get null where nothing is shown
 * @param put null where nothing can be changed so
 * @param post null where nothing can be done so
 */
record Route(
    Audience audience,
    @Nullable Handler<HttpServerRequest> get,
    @Nullable Handler<HttpServerRequest> put,
    @Nullable Handler<HttpServerRequest> post) {

  /** Who may use a route. */
  enum Audience {
    /** Everybody: health, and the dashboard's own files. */
    ANYBODY,
    /** Collectors of metrics. */
    SCRAPER,
    /** Operators of the gateway. */
    OPERATOR
  }

  /** For everybody. */
  static Route open(Handler<HttpServerRequest> get) {
    return new Route(Audience.ANYBODY, get, null, null);
  }

  /** For collectors of metrics. */
  static Route scraped(Handler<HttpServerRequest> get) {
    return new Route(Audience.SCRAPER, get, null, null);
  }

  /** For operators, where nothing can be changed. */
  static Route of(Handler<HttpServerRequest> get) {
    return new Route(Audience.OPERATOR, get, null, null);
  }

  /** For operators, where something is shown and can be changed. */
  static Route of(Handler<HttpServerRequest> get, Handler<HttpServerRequest> put) {
    return new Route(Audience.OPERATOR, get, put, null);
  }

  /** For operators, where nothing is shown and something can be changed. */
  static Route changing(Handler<HttpServerRequest> put) {
    return new Route(Audience.OPERATOR, null, put, null);
  }

  /** For operators, where something is done. */
  static Route posting(Handler<HttpServerRequest> post) {
    return new Route(Audience.OPERATOR, null, null, post);
  }

  /** Handles a request that the guard has admitted. */
  void handle(HttpServerRequest request) {
    String method = request.method().name();
    boolean asks = method.equals("GET") || method.equals("HEAD");
    if (asks && get != null) {
      get.handle(request);
    } else if (method.equals("PUT") && put != null) {
      put.handle(request);
    } else if (method.equals("POST") && post != null) {
      post.handle(request);
    } else {
      String allowed = allowed();
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      Responses.error(request, 405, "method_not_allowed", "Only " + allowed + " are allowed.");
    }
  }

  private String allowed() {
    if (post != null) {
      return "POST";
    }
    if (get == null) {
      return "PUT";
    }
    return put == null ? "GET, HEAD" : "GET, HEAD, PUT";
  }
}
