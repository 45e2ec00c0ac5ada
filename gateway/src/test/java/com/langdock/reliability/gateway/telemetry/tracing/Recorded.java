package com.langdock.reliability.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.Samples;
import com.langdock.reliability.gateway.telemetry.ScriptedRequest;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request under OpenTelemetry's SDK, whose spans stay in memory. */
final class Recorded implements AutoCloseable {
  /** When the request was accepted, in milliseconds since 1970. */
  static final long ACCEPTED = 1_000;

  final RequestObserver trace;
  final ScriptedRequest request;
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing;
  private final RequestWatcher watcher;

  Recorded(RequestInfo info, @Nullable TraceContext incoming) {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    tracing = new OtelTracing(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
    watcher =
        tracing.requests(
            Map.of(
                "openai", URI.create("https://api.openai.com"),
                "anthropic", URI.create("http://localhost:8002/v1")));
    trace = watcher.observe(start(info.requestId(), info.acceptedAt(), incoming));
    request = new ScriptedRequest(trace.began(info), info.acceptedAt());
  }

  private static RequestStart start(
      String requestId, long acceptedAt, @Nullable TraceContext incoming) {
    return new RequestStart(requestId, null, acceptedAt, ACCEPTED, incoming);
  }

  Recorded() {
    this(Samples.REQUEST, null);
  }

  /** The trace of another request, whose session has not begun. */
  RequestObserver other() {
    return watcher.observe(start("req_2_0000000b", 0, null));
  }

  /** The head of the answer goes out. */
  void answered(int status) {
    trace.answered(status, request.now());
  }

  List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  /** The request's own span, which is the last to end. */
  SpanData root() {
    return spans().getLast();
  }

  /** The children of the request's span, in order. */
  List<SpanData> children() {
    List<SpanData> children = spans().subList(0, spans().size() - 1);
    assertThat(children)
        .allSatisfy(child -> {
          assertThat(child.getTraceId()).isEqualTo(root().getTraceId());
          assertThat(child.getParentSpanId()).isEqualTo(root().getSpanId());
        });
    return children;
  }

  /** From when to when, in milliseconds after the request was accepted. */
  static List<Long> times(SpanData span) {
    return List.of(millis(span.getStartEpochNanos()), millis(span.getEndEpochNanos()));
  }

  /** The attributes of {@code span} by their names. */
  static Map<String, Object> attributes(SpanData span) {
    return span.getAttributes().asMap().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
  }

  static @Nullable String text(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  @Override
  public void close() {
    tracing.close();
  }

  private static long millis(long epochNanos) {
    return TimeUnit.NANOSECONDS.toMillis(epochNanos) - ACCEPTED;
  }
}
