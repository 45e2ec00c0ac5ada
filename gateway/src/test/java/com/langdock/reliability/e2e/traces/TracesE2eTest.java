package com.langdock.reliability.e2e.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.mock.MockProvider;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traces that a collector and the providers receive. */
@Tag("e2e")
class TracesE2eTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private final Collector collector = new Collector();

  @AfterEach
  void closeTheCollector() {
    collector.close();
  }

  @Test
  void aFailoverIsOneTreeAndEachProviderGetsItsSpan() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      fixture.openai.configure("{\"script\":[\"rate_limit\"]}");
      Reply reply = fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");

      List<Span> spans = collector.spans(3);
      Span request = spans.getLast();
      assertThat(spans)
          .extracting(Span::getName)
          .containsExactly("chat gpt-4", "chat claude-3-opus", "chat gpt-4");
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(request.getParentSpanId()).isEqualTo(ByteString.EMPTY);
      assertThat(attributes(request))
          .containsEntry("gateway.request_id", reply.header("x-request-id"))
          .containsEntry("gen_ai.response.model", "claude-3-opus")
          .containsEntry("http.response.status_code", "200");
      assertThat(request.getEventsList())
          .extracting(Span.Event::getName)
          .containsExactly("failover", "fallback");
      Span limited = spans.getFirst();
      assertIsChild(limited, request);
      assertIsChild(spans.get(1), request);
      assertThat(attributes(limited))
          .containsEntry("error.type", "rate_limited")
          .containsEntry("http.response.status_code", "429")
          .containsEntry("server.port", Integer.toString(fixture.openai.port()));
      assertThat(traceparent(fixture.openai)).isEqualTo(traceparent(limited));
      assertThat(traceparent(fixture.anthropic)).isEqualTo(traceparent(spans.get(1)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/embeddings | {'model':'gpt-4','input':'a'} | embeddings",
        "/v1/messages | {'model':'gpt-4','max_tokens':9,'messages':[{'role':'user','content':'a'}]}"
            + " | chat",
        "/v1beta/models/gpt-4:generateContent | {'contents':[{'parts':[{'text':'a'}]}]}"
            + " | generate_content",
      })
  void theOperationIsThatOfTheRequest(String path, String body, String operation)
      throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      assertThat(fixture.posting(path, body.replace('\'', '"')).join().statusCode()).isEqualTo(200);

      List<Span> spans = collector.spans(2);
      assertThat(spans).extracting(Span::getName).containsOnly(operation + " gpt-4");
      assertThat(attributes(spans.getLast()))
          .containsEntry("gen_ai.operation.name", operation)
          .containsEntry("http.route", path.replace("gpt-4", "{model}"));
    }
  }

  @Test
  void aRetryHasAWaitBeforeIt() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      fixture.openai.configure("{\"script\":[\"server_error\"]}");
      fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isAnsweredBy("openai");

      List<Span> spans = collector.spans(4);
      assertThat(spans)
          .extracting(Span::getName)
          .containsExactly(
              "chat gpt-3.5-turbo", "wait", "chat gpt-3.5-turbo", "chat gpt-3.5-turbo");
      Span wait = spans.get(1);
      assertIsChild(wait, spans.getLast());
      assertThat(attributes(wait)).containsEntry("gateway.error", "server_error");
      assertThat(wait.getEndTimeUnixNano() - wait.getStartTimeUnixNano())
          .isGreaterThanOrEqualTo(30_000_000);
    }
  }

  @Test
  void aStreamRecordsItsFirstContent() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      fixture.stream(GatewayFixture.streamed("gpt-4"));

      List<Span> spans = collector.spans(2);
      assertThat(spans.getFirst().getEventsList())
          .extracting(Span.Event::getName)
          .containsExactly("first_content");
      assertThat(attributes(spans.getLast()))
          .containsEntry("gen_ai.request.stream", "true")
          .containsKey("gen_ai.usage.output_tokens");
    }
  }

  @Test
  void aRefusedRequestHasASpanToo() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      fixture.ask("{\"model\":\"gpt-4\"}").isError(400, "missing_field");

      assertThat(attributes(collector.spans(1).getFirst()))
          .containsEntry("error.type", "missing_field")
          .containsEntry("http.response.status_code", "400");
    }
  }

  @Test
  void aClientsTraceIsContinued() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.in(collector.environment())) {
      fixture.ask(GatewayFixture.chat("gpt-4"), "traceparent", PARENT, "tracestate", "foo=1");

      Span request = collector.spans(2).getLast();
      assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(request.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
      assertThat(headers(fixture.openai)).containsEntry("tracestate", "foo=1");
      assertThat(traceparent(fixture.openai)).startsWith("00-" + TRACE).isNotEqualTo(PARENT);
    }
  }

  @Test
  void remainingSpansAreExportedOnDrain() throws InterruptedException {
    Map<String, String> slow = new HashMap<>(collector.environment());
    slow.put("OTEL_BSP_SCHEDULE_DELAY", "60000");
    slow.put("OTEL_SERVICE_NAME", "my-gateway");
    try (GatewayFixture fixture = GatewayFixture.in(slow)) {
      fixture.ask(GatewayFixture.chat("gpt-4"));
      assertThat(collector.calls).isEmpty();

      fixture.gateway.drain();

      assertThat(collector.spans(2)).hasSize(2);
      assertThat(collector.calls).containsExactly("/v1/traces");
      assertThat(collector.resources.element().getAttributesList())
          .anyMatch(attribute -> text(attribute.getValue()).equals("my-gateway"));
    }
  }

  @Test
  void spansAreExportedByGrpcIfConfigured() throws InterruptedException {
    Map<String, String> grpc = new HashMap<>(collector.environment());
    grpc.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    try (GatewayFixture fixture = GatewayFixture.in(grpc)) {
      fixture.ask(GatewayFixture.chat("gpt-4"));

      assertThat(collector.spans(2)).hasSize(2);
      assertThat(collector.calls)
          .isNotEmpty() // The spans may arrive in one batch or in two.
          .containsOnly("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
    }
  }

  @Test
  void aCollectorThatIsAwayDoesNotAffectRequests() {
    Map<String, String> nowhere =
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_BSP_SCHEDULE_DELAY", "1");
    try (GatewayFixture fixture = GatewayFixture.in(nowhere)) {
      for (int request = 0; request < 5; request++) {
        fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
      }
      assertThat(traceparent(fixture.openai)).startsWith("00-");
    }
  }

  @Test
  void withoutTracingAClientsTraceIsPassedOnAndNoThreadsRun() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.ask(
          GatewayFixture.chat("gpt-4"),
          "traceparent",
          PARENT,
          "tracestate",
          "foo=1, bar=2",
          "baggage",
          "user=me");

      assertThat(headers(fixture.openai))
          .containsEntry("traceparent", PARENT)
          .containsEntry("tracestate", "foo=1, bar=2")
          .doesNotContainKey("baggage");
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.contains("BatchSpanProcessor"));
    }
    assertThat(collector.calls).isEmpty();
  }

  @Test
  void withoutTracingAnInvalidTraceIsNotPassedOn() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.ask(GatewayFixture.chat("gpt-4"), "traceparent", "00-0-0-01", "tracestate", "foo=1");
      fixture.ask(GatewayFixture.chat("gpt-4"));

      assertThat(fixture.openai.requests())
          .hasSize(2)
          .allSatisfy(seen ->
              assertThat(seen.arrival().headers()).doesNotContainKeys("traceparent", "tracestate"));
    }
  }

  @Test
  void exemplarsNameTheRequestAndItsTrace() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      Reply reply = fixture.ask(GatewayFixture.chat("gpt-4"), "traceparent", PARENT);
      String example =
          " # {request_id=\"" + reply.header("x-request-id") + "\",trace_id=\"" + TRACE + "\"} ";

      assertThat(fixture.openMetrics().lines().filter(line -> line.contains(example)))
          .anyMatch(line -> line.startsWith("gateway_request_duration_seconds_bucket{"))
          .anyMatch(line -> line.startsWith("gateway_attempt_duration_seconds_bucket{"));
    }
  }

  private static void assertIsChild(Span child, Span parent) {
    assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
    assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
    assertThat(child.getStartTimeUnixNano()).isGreaterThanOrEqualTo(parent.getStartTimeUnixNano());
    assertThat(child.getEndTimeUnixNano()).isLessThanOrEqualTo(parent.getEndTimeUnixNano());
  }

  /** The headers of the last request that {@code provider} saw. */
  private static Map<String, String> headers(MockProvider provider) {
    return provider.requests().getLast().arrival().headers();
  }

  private static String traceparent(MockProvider provider) {
    return headers(provider).getOrDefault("traceparent", "");
  }

  /** The trace context of a call that belongs to {@code span}, the root of its trace. */
  private static String traceparent(Span span) {
    return "00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId()) + "-03";
  }

  private static Map<String, String> attributes(Span span) {
    Map<String, String> attributes = new HashMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      attributes.put(attribute.getKey(), text(attribute.getValue()));
    }
    return attributes;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.toString();
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
