package com.langdock.reliability.e2e.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.journal.GatewayProcess;
import com.langdock.reliability.mock.MockProvider;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Log, journal, traces and metrics of one request agree and have the same ids. */
@Tag("e2e")
final class CorrelationE2eTest {
  private final Collector collector = new Collector();
  private final MockProvider openai = MockProvider.openAi();
  private final MockProvider anthropic = MockProvider.anthropic();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    openai.close();
    anthropic.close();
    collector.close();
  }

  private String config(Path folder) {
    return "server: {host: 127.0.0.1, port: 0}\n"
        + "observability: {metrics_port: 0}\n"
        + GatewayFixture.journal(folder.resolve("journal.db"), ", durability: sync")
        + "providers:\n"
        + "  - {name: openai, base_url: '%s', api_key: k, models: [gpt-4]}\n"
            .formatted(openai.url())
        + "  - {name: anthropic, base_url: '%s', api_key: k, models: [claude-3-opus]}\n"
            .formatted(anthropic.url())
        + "fallbacks: {gpt-4: [claude-3-opus]}\n";
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private String text(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  @Test
  void ofARequestThatFailedOver(@TempDir Path folder) throws Exception {
    openai.configure("{\"script\":[\"rate_limit\"]}");
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, config(folder), collector.environment())) {
      Reply reply =
          Reply.of(
              client.send(
                  to(gateway.port("data"), "/v1/chat/completions")
                      .header("content-type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.chat("gpt-4")))
                      .build(),
                  BodyHandlers.ofString()));
      reply.isAnsweredBy("anthropic");
      String id = reply.header("x-request-id");

      List<Span> spans = collector.spans(3);
      Span request = spans.getLast();
      String trace = HexFormat.of().formatHex(request.getTraceId().toByteArray());
      assertThat(attribute(request, "gateway.request_id")).isEqualTo(id);

      JsonNode failed = gateway.awaitLines("attempt_failed", 1).getFirst();
      JsonNode succeeded = gateway.awaitLines("request_succeeded", 1).getFirst();
      for (JsonNode line : List.of(failed, succeeded)) {
        assertThat(line.path("request_id").asString()).isEqualTo(id);
        assertThat(line.path("trace_id").asString()).isEqualTo(trace);
      }

      int management = gateway.port("management");
      JsonNode row =
          Reply.of(
                  client.send(
                      to(management, "/api/requests/" + id).build(), BodyHandlers.ofString()))
              .json();
      assertThat(row.path("request_id").asString()).isEqualTo(id);
      assertThat(row.path("trace_id").asString()).isEqualTo(trace);
      assertThat(row.path("attempts").asInt()).isEqualTo(2);
      assertThat(succeeded.path("attempts").asInt()).isEqualTo(2);
      assertThat(row.path("tokens_used").asInt())
          .isEqualTo(succeeded.path("tokens_used").asInt())
          .isEqualTo(reply.json().path("tokens_used").asInt());

      JsonNode limited = row.path("attempt_list").path(0);
      assertThat(limited.path("error_type").asString())
          .isEqualTo(failed.path("error").asString())
          .isEqualTo(attribute(spans.getFirst(), "error.type"))
          .isEqualTo("rate_limited");
      assertThat(limited.path("http_status").asInt()).isEqualTo(failed.path("status").asInt());

      String metrics =
          text(to(management, "/metrics").header("accept", "application/openmetrics-text"));
      assertThat(metrics.lines())
          .anyMatch(line ->
              line.startsWith("gateway_request_duration_seconds_bucket{outcome=\"success\"")
                  && line.contains("request_id=\"" + id + "\"")
                  && line.contains("trace_id=\"" + trace + "\""))
          .anyMatch(line ->
              line.startsWith("gateway_attempts_total")
                  && line.contains("outcome=\"rate_limited\"")
                  && line.endsWith(" 1.0"))
          .contains("gateway_failovers_total{from=\"openai\",to=\"anthropic\"} 1.0");
    }
  }

  private static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(name))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("");
  }
}
