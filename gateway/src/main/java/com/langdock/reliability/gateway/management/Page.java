package com.langdock.reliability.gateway.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is at one path.
 *
 * @param get answers GET, and HEAD too: {@link Reply} leaves out the body; null when nothing is
 *     shown here
 * @param put answers PUT, null when nothing can be changed here
 */
record Page(@Nullable Handler<HttpServerRequest> get, @Nullable Handler<HttpServerRequest> put)
    implements Handler<HttpServerRequest> {

  /** A page where nothing can be changed. */
  static Page of(Handler<HttpServerRequest> get) {
    return new Page(get, null);
  }

  /** A page that shows nothing, and where something can be changed. */
  static Page changing(Handler<HttpServerRequest> put) {
    return new Page(null, put);
  }

  @Override
  public void handle(HttpServerRequest request) {
    String method = request.method().name();
    boolean asks = method.equals("GET") || method.equals("HEAD");
    if (asks && get != null) {
      get.handle(request);
    } else if (method.equals("PUT") && put != null) {
      put.handle(request);
    } else {
      String allowed = allowed();
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      Reply.error(request, 405, "method_not_allowed", "Only " + allowed + " work here.");
    }
  }

  private String allowed() {
    if (get == null) {
      return "PUT";
    }
    return put == null ? "GET, HEAD" : "GET, HEAD, PUT";
  }
}
