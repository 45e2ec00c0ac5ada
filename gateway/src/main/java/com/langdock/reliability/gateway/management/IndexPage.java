package com.langdock.reliability.gateway.management;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** {@code GET /}: what there is. */
final class IndexPage {
  private static final Buffer HTML =
      Buffer.buffer(
          """
          <!doctype html>
          <html lang="en">
          <meta charset="utf-8">
          <title>Gateway</title>
          <h1>Gateway</h1>
          <ul>
          <li><a href="/api/providers">/api/providers</a>: targets and their circuit breakers
          <li><a href="/metrics">/metrics</a>: for Prometheus
          <li><a href="/health">/health</a>, <a href="/health/live">/health/live</a>,
          <a href="/health/ready">/health/ready</a>
          <li><a href="/api/log-level">/api/log-level</a>: GET, or PUT {"level": "debug"}
          </ul>
          """);

  private IndexPage() {}

  static void show(HttpServerRequest request) {
    Reply.ok(request, "text/html; charset=utf-8", HTML);
  }
}
