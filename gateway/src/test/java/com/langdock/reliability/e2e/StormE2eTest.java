package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 600 requests are in flight when their provider fails; the other provider answers all of them. */
@Tag("e2e")
class StormE2eTest {
  private static final int IN_FLIGHT = 600;
  private static final String SETTINGS =
      """
      server: {host: 127.0.0.1, port: 0}
      observability: {metrics_port: 0, log_level: error}
      retry: {base_backoff: 100ms, max_backoff: 1s}
      timeout: {read: 2s, answer: 2s, first_token: 2s}
      streaming: {heartbeat_timeout: 2s}
      journal: {url: none}
      """;

  private final GatewayFixture fixture = GatewayFixture.open(SETTINGS);

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Faults of any request. */
  static List<String> deaths() {
    return List.of(
        "\"reset_probability\":1",
        "\"timeout_probability\":1,\"timeout_duration_seconds\":4",
        "\"server_error_probability\":1",
        "\"rate_limit_probability\":1");
  }

  /** Faults of streams only. */
  static List<String> deathsOfStreams() {
    return List.of("\"stream_cut_probability\":1", "\"stream_stall_probability\":1");
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void everyWholeAnswerArrives(String fault) {
    fixture.openai.configure("{\"response_delay_seconds\":1," + fault + "}");
    List<HttpResponse<String>> responses = all(GatewayFixture.chat("gpt-4"));
    assertThat(responses).hasSize(IN_FLIGHT);
    for (HttpResponse<String> response : responses) {
      Reply.of(response).isAnsweredBy("anthropic");
    }
    assertNothingIsLeft("success");
  }

  @ParameterizedTest
  @MethodSource({"deaths", "deathsOfStreams"})
  void everyStreamIsComplete(String fault) {
    fixture.openai.configure("{\"response_delay_seconds\":1," + fault + "}");
    List<HttpResponse<String>> responses = all(GatewayFixture.streamed("gpt-4"));
    assertThat(responses).hasSize(IN_FLIGHT);
    for (HttpResponse<String> response : responses) {
      StreamReply.of(response).isWhole();
    }
    assertNothingIsLeft("success");
  }

  private List<HttpResponse<String>> all(String body) {
    List<CompletableFuture<HttpResponse<String>>> asking = new ArrayList<>();
    for (int request = 0; request < IN_FLIGHT; request++) {
      asking.add(fixture.asking(body));
    }
    return asking.stream().map(CompletableFuture::join).toList();
  }

  private void assertNothingIsLeft(String outcome) {
    assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", outcome)))
        .isEqualTo(IN_FLIGHT);
    assertThat(fixture.metric("gateway_requests_in_flight", Map.of())).isZero();
    assertThat(fixture.anthropic.requests().size()).isGreaterThanOrEqualTo(IN_FLIGHT);
  }
}
