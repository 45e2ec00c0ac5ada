package com.langdock.reliability.e2e.traces;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector that receives traces in OTLP over HTTP and gRPC and stores them. */
final class Collector implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  /** The gRPC message prefix: a compression flag and the length. */
  private static final int GRPC_PREFIX = 5;

  /** The paths that were called. */
  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  /** The senders of requests. */
  final BlockingQueue<Resource> resources = new LinkedBlockingQueue<>();

  private final BlockingQueue<Span> spans = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpServer server;

  Collector() {
    server = vertx.createHttpServer().requestHandler(this::take);
    server.listen(0, "127.0.0.1").await();
  }

  /** The settings that send traces to this collector with a short delay. */
  Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.actualPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "20");
  }

  /** The next {@code count} spans, in the order in which they ended; fewer on a timeout. */
  List<Span> spans(int count) throws InterruptedException {
    List<Span> taken = new ArrayList<>();
    while (taken.size() < count) {
      Span span = spans.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (span == null) {
        break;
      }
      taken.add(span);
    }
    return taken;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          calls.add(request.path());
          String type = Objects.toString(request.getHeader("content-type"));
          if (type.startsWith("application/grpc")) {
            keep(body.getBytes(GRPC_PREFIX, body.length()));
            request
                .response()
                .putHeader("content-type", type)
                .putTrailer("grpc-status", "0")
                .end(Buffer.buffer(new byte[GRPC_PREFIX]));
          } else {
            keep(body.getBytes());
            request.response().putHeader("content-type", type).end();
          }
        });
  }

  private void keep(byte[] message) {
    try {
      for (ResourceSpans resource :
          ExportTraceServiceRequest.parseFrom(message).getResourceSpansList()) {
        resources.add(resource.getResource());
        resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
      }
    } catch (IOException notOtlp) {
      throw new UncheckedIOException(notOtlp);
    }
  }
}
