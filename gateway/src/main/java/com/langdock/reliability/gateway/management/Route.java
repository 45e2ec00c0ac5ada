package com.langdock.reliability.gateway.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Handles the requests for one path.
 *
 * @param audience who may use it
 * @param methods what is done for each, HEAD as for GET
 */
record Route(Audience audience, Map<String, Handler<HttpServerRequest>> methods) {
  private static final String GET = "GET";

  /** Keeps an immutable copy, in the order of the declaration. */
  Route {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
  }

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
    return new Route(Audience.ANYBODY, Map.of(GET, get));
  }

  /** For collectors of metrics. */
  static Route scraped(Handler<HttpServerRequest> get) {
    return new Route(Audience.SCRAPER, Map.of(GET, get));
  }

  /** For operators, where nothing can be changed. */
  static Route of(Handler<HttpServerRequest> get) {
    return new Route(Audience.OPERATOR, Map.of(GET, get));
  }

  /** For operators, where something is shown and can be changed. */
  static Route of(Handler<HttpServerRequest> get, Handler<HttpServerRequest> put) {
    return of(get).and("PUT", put);
  }

  /** For operators, where nothing is shown and something can be changed. */
  static Route changing(Handler<HttpServerRequest> put) {
    return new Route(Audience.OPERATOR, Map.of("PUT", put));
  }

  /** For operators, where something is done. */
  static Route posting(Handler<HttpServerRequest> post) {
    return new Route(Audience.OPERATOR, Map.of("POST", post));
  }

  /** The same route with another method. */
  Route and(String method, Handler<HttpServerRequest> handler) {
    Map<String, Handler<HttpServerRequest>> more = new LinkedHashMap<>(methods);
    more.put(method, handler);
    return new Route(audience, more);
  }

  /** Handles a request that the guard has admitted. */
  void handle(HttpServerRequest request) {
    String method = request.method().name();
    Handler<HttpServerRequest> handler = methods.get(method.equals("HEAD") ? GET : method);
    if (handler != null) {
      handler.handle(request);
    } else {
      String allowed = String.join(", ", methods.keySet()).replace(GET, "GET, HEAD");
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      Responses.error(request, 405, "method_not_allowed", "Only " + allowed + " are allowed.");
    }
  }
}
