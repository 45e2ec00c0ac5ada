package com.langdock.reliability.gateway.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is at one path.
 *
 * @param get answers GET, and HEAD too: {@link Reply} leaves out the body
 * @param put answers PUT, null when nothing can be changed here
 */
record Page(Handler<HttpServerRequest> get, @Nullable Handler<HttpServerRequest> put)
    implements Handler<HttpServerRequest> {

  /** A page where nothing can be changed. */
  static Page of(Handler<HttpServerRequest> get) {
    return new Page(get, null);
  }

  @Override
  public void handle(HttpServerRequest request) {
    String method = request.method().name();
    if (method.equals("GET") || method.equals("HEAD")) {
      get.handle(request);
    } else if (method.equals("PUT") && put != null) {
      put.handle(request);
    } else {
      String allowed = put == null ? "GET, HEAD" : "GET, HEAD, PUT";
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      Reply.error(request, 405, "method_not_allowed", "Only " + allowed + " work here.");
    }
  }
}
