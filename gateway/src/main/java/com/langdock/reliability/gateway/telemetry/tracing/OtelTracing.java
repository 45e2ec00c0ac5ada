package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.gateway.telemetry.Operation;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records traces with OpenTelemetry's SDK, which exports them in batches on a thread of its own; a
 * span that does not fit its queue is dropped.
 */
final class OtelTracing implements Tracing {
  private static final int CLOSE_SECONDS = 5;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** Defaults that the environment can change. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "langdock-gateway",
          "otel.traces.exporter", "otlp",
          "otel.exporter.otlp.protocol", "http/protobuf");

  /** What the environment cannot change: metrics are Prometheus', logs go to standard output. */
  private static final Map<String, String> FIXED =
      Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

  private static final TextMapGetter<Map<String, String>> HEADERS =
      (headers, name) -> headers == null ? null : headers.get(name);

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final SdkLog log;

  /** Records into an SDK; closing this closes it. */
  OtelTracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("com.langdock.reliability.gateway");
    this.log = SdkLog.open();
  }

  /**
   * Sets the SDK up.
   *
   * @throws IllegalStateException when a setting has an impossible value
   */
  static OtelTracing start(OtelSettings settings) {
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addPropertiesCustomizer(processWide -> settings.properties())
              .addPropertiesCustomizer(asked -> FIXED)
              .build()
              .getOpenTelemetrySdk();
      return new OtelTracing(sdk);
    } catch (ConfigurationException problem) {
      throw new IllegalStateException("OTEL_*: " + problem.getMessage(), problem);
    }
  }

  @Override
  public RequestWatcher requests(Map<String, URI> providers) {
    Map<String, Attributes> addresses =
        providers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, provider -> address(provider.getValue())));
    return request -> observe(request, addresses);
  }

  private RequestObserver observe(RequestStart request, Map<String, Attributes> addresses) {
    long acceptedAt = request.acceptedAt();
    Operation operation = request.operation();
    SpanTimeline timeline = new SpanTimeline(acceptedAt, request.acceptedAtMillis());
    Span span =
        timeline.start(
            tracer
                .spanBuilder(operation.name())
                .setParent(parent(request.trace()))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(SpanAttributes.OPERATION, operation.name())
                .setAttribute(SpanAttributes.METHOD, operation.method())
                .setAttribute(SpanAttributes.ROUTE, operation.route()),
            acceptedAt);
    if (!span.isRecording()) {
      return new PassedOnTrace(contextOf(span));
    }
    span.setAttribute(SpanAttributes.REQUEST_ID, request.requestId());
    ChildSpans children = new ChildSpans(tracer, operation.name(), addresses, timeline, span);
    return new RequestSpan(span, operation.name(), timeline, children);
  }

  @Override
  public void close() {
    sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    log.close();
  }

  private static Attributes address(URI baseUrl) {
    long usualPort = "https".equals(baseUrl.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    long port = baseUrl.getPort() < 0 ? usualPort : baseUrl.getPort();
    return Attributes.of(SpanAttributes.HOST, baseUrl.getHost(), SpanAttributes.PORT, port);
  }

  /** The headers that make a provider's work part of the span. */
  static TraceContext contextOf(Span span) {
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.root().with(span), headers, (to, name, value) -> headers.put(name, value));
    return new TraceContext(
        Objects.requireNonNull(headers.get(TraceContext.TRACEPARENT)),
        headers.get(TraceContext.TRACESTATE));
  }

  private static Context parent(@Nullable TraceContext incoming) {
    return incoming == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), incoming.headers(), HEADERS);
  }
}
