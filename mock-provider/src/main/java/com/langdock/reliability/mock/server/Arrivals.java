package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.log.Arrival;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Records how a request arrived. */
final class Arrivals {
  private static final Set<String> SECRET = Set.of("authorization", "x-api-key", "x-goog-api-key");

  private Arrivals() {}

  static Arrival of(HttpServerRequest request) {
    return new Arrival(
        Clock.now(),
        Clock.monotonicMillis(),
        Objects.requireNonNullElse(request.path(), ""),
        Wire.id(request.connection()),
        headers(request));
  }

  /** Lower-case names; the values of a repeated header are joined, credentials are masked. */
  private static Map<String, String> headers(HttpServerRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, value) -> {
          String key = name.toLowerCase(Locale.ROOT);
          String shown = SECRET.contains(key) ? "***" + value.length() : value;
          headers.merge(key, shown, (first, second) -> first + ", " + second);
        });
    return headers;
  }
}
