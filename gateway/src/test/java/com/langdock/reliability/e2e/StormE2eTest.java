package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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

  /**
   * Clients of every API; the provider of each format in turn breaks all of its streams, of which
   * half go on at one of the other formats, half at the other.
   */
  @ParameterizedTest
  @MethodSource("deathsOfStreams")
  void everyStreamGoesOnAtAnotherFormat(String fault) {
    String patient =
        SETTINGS.replace("read: 2s", "read: 9s").replace("first_token: 2s", "first_token: 9s")
            + "circuit_breaker: {threshold: 10000, minimum_calls: 10000}\n";
    try (GatewayFixture formats = GatewayFixture.ofFormats(patient)) {
      for (Format dying : Format.values()) {
        everyStreamGoesOn(formats, dying, fault);
      }
    }
  }

  private static void everyStreamGoesOn(GatewayFixture formats, Format dying, String fault) {
    formats.provider(dying.provider()).configure("{\"response_delay_seconds\":0.5," + fault + "}");
    List<Format> others = dying.others();
    List<Client> clients = Client.all();
    List<HttpResponse<String>> responses =
        all(request -> {
          String model = dying.modelBefore(others.get(request % 2));
          Client client = clients.get(request / 2 % clients.size());
          return client.asking(formats, Question.of(model, true, "Say hi"));
        });
    for (int request = 0; request < IN_FLIGHT; request++) {
      Client client = clients.get(request / 2 % clients.size());
      Answer answer = client.streamed(responses.get(request));
      assertThat(answer.text()).isEqualTo(others.get(request % 2).answer("Say hi"));
      assertThat(answer.comments()).hasSameSizeAs(client.comments("continued"));
    }
    assertThat(formats.metric("gateway_requests_in_flight", Map.of())).isZero();
    formats.provider(dying.provider()).reset();
  }

  private List<HttpResponse<String>> all(String body) {
    return all(request -> fixture.asking(body));
  }

  private static List<HttpResponse<String>> all(
      IntFunction<CompletableFuture<HttpResponse<String>>> ask) {
    return IntStream.range(0, IN_FLIGHT).mapToObj(ask).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private void assertNothingIsLeft(String outcome) {
    assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", outcome)))
        .isEqualTo(IN_FLIGHT);
    assertThat(fixture.metric("gateway_requests_in_flight", Map.of())).isZero();
    assertThat(fixture.anthropic.requests().size()).isGreaterThanOrEqualTo(IN_FLIGHT);
  }
}
