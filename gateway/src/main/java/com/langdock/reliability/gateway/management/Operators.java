package com.langdock.reliability.gateway.management;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Notes in a request who sent it, in a header that nobody else can set. */
final class Operators {
  private static final String HEADER = "x-gateway-operator";

  private Operators() {}

  /** Notes the token that came with {@code request}, null when it needed none. */
  static void note(HttpServerRequest request, @Nullable AdminToken token) {
    request.headers().remove(HEADER);
    if (token != null) {
      request.headers().set(HEADER, token.name());
    }
  }

  /** The name of the token that {@code request} came with, null when it needed none. */
  static @Nullable String of(HttpServerRequest request) {
    return request.getHeader(HEADER);
  }
}
