package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.mock.log.SeenRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's embeddings at Gemini, Vertex and Bedrock, whose calls take fewer texts. */
@Tag("e2e")
class TranslatedEmbeddingsE2eTest {
  private final GatewayFixture fixture =
      GatewayFixture.of(
          GatewayFixture.SHORT_TIMES,
          fixture ->
              """
              providers:
                - {name: gemini, type: gemini, base_url: "%s", api_key: k, models: [g, shared]}
                - name: bedrock
                  type: bedrock
                  base_url: "%s"
                  api_key: k
                  region: eu-west-1
                  models: {titan: amazon.titan-embed-text-v2:0, cohere: cohere.embed-v4:0,
                           shared: amazon.titan-embed-text-v2:0}
                  priority: 2
                - name: vertex
                  type: vertex
                  base_url: "%s"
                  api_key: k
                  project: my-project
                  location: europe-west1
                  models: {batches: text-embedding-005, single: gemini-embedding-2}
              """
                  .formatted(fixture.gemini.url(), fixture.bedrock.url(), fixture.gemini.url()));

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String body(String model, int texts) {
    return IntStream.range(0, texts)
        .mapToObj(i -> "\"text " + i + "\"")
        .collect(Collectors.joining(",", "{\"model\":\"" + model + "\",\"input\":[", "]}"));
  }

  private Reply ask(String model, int texts) {
    return Reply.of(fixture.posting("/v1/embeddings", body(model, texts)).join());
  }

  @ParameterizedTest
  @CsvSource({
    "g, 1, 1",
    "g, 100, 1",
    "g, 250, 3",
    "titan, 1, 1",
    "titan, 40, 40",
    "cohere, 200, 3",
    "batches, 1, 1",
    "batches, 600, 3",
    "single, 12, 12",
  })
  void areJoinedInTheOrderOfTheTexts(String model, int texts, int calls) {
    Reply reply = ask(model, texts);

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().path("data")).hasSize(texts);
    Set<String> vectors = new HashSet<>();
    for (int i = 0; i < texts; i++) {
      assertThat(reply.json().at("/data/" + i + "/index").asInt()).isEqualTo(i);
      vectors.add(reply.json().at("/data/" + i + "/embedding").toString());
    }
    assertThat(vectors).hasSize(texts);
    String last = ask(model, texts).json().at("/data/" + (texts - 1) + "/embedding").toString();
    assertThat(reply.json().at("/data/" + (texts - 1) + "/embedding")).hasToString(last);
    int seen = fixture.gemini.requests().size() + fixture.bedrock.requests().size();
    assertThat(seen).isEqualTo(2 * calls);
    assertThat(reply.header("x-attempts")).isEqualTo("1");
    assertThat(reply.json().at("/usage/prompt_tokens").asInt()).isPositive();
    assertThat(fixture.metric("gateway_tokens_total", Map.of("model", model))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server_error", "rate_limit", "reset", "timeout", "malformed", "empty"})
  void failAsAWholeWhereOnePartFails(String fault) {
    fixture.bedrock.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"ok\",\"ok\",\"" + fault + "\"]}");

    Reply reply = ask("titan", 20);

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().path("data")).hasSize(20);
    assertThat(reply.header("x-attempts")).isEqualTo("2");
  }

  /** Six calls go out at once, so three were answered before the ninth was sent. */
  @ParameterizedTest
  @ValueSource(strings = {"titan", "single"})
  void countWhatAnsweredPartsOfAFailedAttemptUsed(String model) {
    String script = "{\"script\":[" + "\"ok\",".repeat(8) + "\"bad_request\"]}";
    fixture.bedrock.configure(script);
    fixture.gemini.configure(script);

    assertThat(ask(model, 12).status()).isEqualTo(400);

    double used = fixture.metric("gateway_tokens_total", Map.of("model", model, "type", "input"));
    assertThat(used).isBetween(3.0, 40.0);
  }

  @Test
  void failOverToAnotherProviderOfTheModel() {
    fixture.gemini.configure("{\"server_error_probability\":1}");

    Reply reply = ask("shared", 3);

    assertThat(reply.header("x-provider")).isEqualTo("bedrock");
    assertThat(reply.json().path("data")).hasSize(3);
  }

  @Test
  void tellTheLastFailure() {
    fixture.gemini.configure("{\"script\":[\"auth\"]}");

    ask("g", 3).isError(502, "provider_auth_failed");
  }

  @Test
  void goOutAFewAtATime() {
    fixture.bedrock.configure("{\"response_delay_seconds\":0.1}");
    long begun = System.nanoTime();

    assertThat(ask("titan", 18).status()).isEqualTo(200);

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isBetween(290L, 1_700L);
  }

  @Test
  void areAllCancelledWhenTheClientLeaves() throws InterruptedException {
    fixture.bedrock.configure("{\"response_delay_seconds\":0.5}");
    var asking = fixture.posting("/v1/embeddings", body("titan", 30));
    TimeUnit.MILLISECONDS.sleep(250);
    asking.cancel(true);
    TimeUnit.MILLISECONDS.sleep(800);

    assertThat(fixture.bedrock.requests()).hasSize(6).allMatch(SeenRequest::clientGone);
    assertThat(fixture.metric("gateway_request_memory_used_bytes", Map.of())).isZero();
  }

  @Test
  void endAtTheDeadlineOfTheClient() {
    fixture.bedrock.configure("{\"response_delay_seconds\":0.3}");
    String[] deadline = {"x-request-timeout-ms", "500"};

    Reply reply = Reply.of(fixture.posting("/v1/embeddings", body("titan", 30), deadline).join());

    reply.isError(504, "deadline_exceeded");
  }

  @Test
  void tellWhatWasAddedForCohere() {
    assertThat(ask("cohere", 1).header("x-gateway-adjusted")).isEqualTo("input_type");
  }
}
