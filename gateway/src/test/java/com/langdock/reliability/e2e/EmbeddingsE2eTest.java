package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings: the same model at two providers, another model as a fallback, one without any. */
@Tag("e2e")
class EmbeddingsE2eTest {
  private static final String PATH = "/v1/embeddings";

  private final MockProvider first = MockProvider.openAi();
  private final MockProvider second = MockProvider.openAi();
  private final GatewayFixture fixture =
      GatewayFixture.of(
          GatewayFixture.SHORT_TIMES,
          """
          providers:
            - {name: first, type: openai, base_url: "%s", api_key: k, models: [small, alone]}
            - name: second
              type: openai
              base_url: "%s"
              api_key: k
              models: [small, large]
              priority: 2
            - {name: chats, type: openai, base_url: "%s", api_key: k, models: [c], formats: [chat]}
            - name: judges
              type: openai
              base_url: "%s"
              api_key: k
              models: [judge]
              formats: [moderations]
          fallbacks: {alone: [large]}
          """
              .formatted(first.url(), second.url(), first.url(), second.url()));

  @AfterEach
  void close() {
    fixture.close();
    first.close();
    second.close();
  }

  private static String body(String model) {
    return "{\"model\":\"" + model + "\",\"input\":[\"one\",\"two\"]}";
  }

  private Reply ask(String body, String... headers) {
    return Reply.of(fixture.posting(PATH, body, headers).join());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"encoding_format\":\"base64\"", ",\"dimensions\":3"})
  void areTheProvidersAndKeepTheirBytes(String more) {
    String body = body("small").replace("]}", "]" + more + "}");

    Reply reply = ask(body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.header("x-provider")).isEqualTo("first");
    assertThat(reply.json().path("data")).hasSize(2);
    assertThat(reply.json().has("request_id")).isFalse();
    assertThat(first.requests().getFirst().body()).isEqualTo(body);
    assertThat(fixture.metric("gateway_tokens_total", Map.of("model", "small"))).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "reset, 2",
    "server_error, 2",
    "overloaded, 2",
    "malformed, 2",
    "empty, 2",
    "html, 2",
    "timeout, 1",
    "rate_limit, 1",
    "quota, 1",
    "auth, 1",
    "model_not_found, 1"
  })
  void failOverToAnotherProviderOfTheModel(String fault, int calls) {
    script(fault, fault, fault);

    Reply reply = ask(body("small"));

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.header("x-provider")).isEqualTo("second");
    assertThat(first.requests()).hasSize(calls);
  }

  @ParameterizedTest
  @CsvSource({
    "server_error, 3, 502, provider_error",
    "malformed, 3, 502, malformed_response",
    "rate_limit, 3, 429, rate_limit_exceeded",
    "auth, 1, 502, provider_auth_failed"
  })
  void neverFallBackToAnotherModel(String fault, int calls, int status, String code) {
    script(fault, fault, fault);

    ask(body("alone")).isError(status, code);

    assertThat(first.requests()).hasSize(calls);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void areNotAllThatIsForwarded() {
    String body = "{\"model\":\"judge\",\"input\":\"no harm\"}";
    second.configure("{\"script\":[\"server_error\"]}");

    Reply reply = Reply.of(fixture.posting("/v1/moderations", body).join());

    assertThat(reply.trail()).isEqualTo("judges/judge:500 judges/judge:200");
    assertThat(reply.json().at("/results/0/flagged").asBoolean()).isTrue();
    assertThat(second.requests().getLast().body()).isEqualTo(body);
  }

  @Test
  void ofAModelWithoutThemAreRefusedByName() {
    Reply reply = ask(body("c")).isError(400, "invalid_value");

    assertThat(reply.error().path("param").asString("")).isEqualTo("model");
    assertThat(reply.error().path("message").asString("")).contains("serves embeddings");
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void openACircuitThatChatsOfTheModelFindToo() {
    first.configure("{\"server_error_probability\":1}");
    for (int i = 0; i < 3; i++) {
      ask(body("small"));
    }
    int seen = first.requests().size();

    assertThat(ask(body("small")).trail()).isEqualTo("second/small:200");
    assertThat(first.requests()).hasSize(seen);
  }

  @Test
  void endAtTheDeadlineOfTheClient() {
    script("timeout");

    ask(body("alone"), "x-request-timeout-ms", "200").isError(504, "deadline_exceeded");
  }

  @Test
  void areCancelledWhenTheClientLeaves() throws InterruptedException {
    first.configure("{\"response_delay_seconds\":0.35}");
    var asking = fixture.posting(PATH, body("small"));
    TimeUnit.MILLISECONDS.sleep(150);
    asking.cancel(true);
    TimeUnit.MILLISECONDS.sleep(600);

    assertThat(first.requests()).hasSize(1).allMatch(SeenRequest::clientGone);
  }

  private void script(String... faults) {
    first.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + String.join("\",\"", faults) + "\"]}");
  }
}
