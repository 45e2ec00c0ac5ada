package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers cost, told in their heads whether or not limits are configured. */
class CostTest {
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String USED = "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}";

  private final TestGateway gateway =
      TestGateway.of(
          """
          retry: {max_attempts: 2, base_backoff: 1ms}
          models:
            m: {price: {input: 1.0001, cached_input: 1, output: 10}}
            e: {price: {input: 0.02, cached_input: 0.02, output: 0}}
          providers:
            - {name: openai, base_url: "http://a.test", models: [m, e, unpriced]}
          """);

  @AfterEach
  void close() {
    gateway.assertNothingHeld();
    gateway.close();
  }

  private HttpReply post(String path, String json) {
    FakeClient client =
        gateway.client().write(FakeClient.request(json).replace("/v1/chat/completions", path));
    gateway.settle();
    return client.reply();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '@',
      delimiter = '|',
      textBlock =
          """
          /v1/chat/completions | {"model":"m","messages":[{"role":"user","content":"Hi"}]}
          /v1/messages | {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}
          /v1/responses | {"model":"m","input":"Hi","store":false}
          /v1beta/models/m:generateContent | {"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}
          """)
  void isInEveryApisAnswerRoundedUpToTheNanodollar(String path, String body) {
    gateway
        .provider("openai")
        .otherwise(call ->
            call.answer(
                200,
                """
                {"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,
                "message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\
                """));

    HttpReply reply = post(path, body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-cost-usd", "0.000023001"); // 3·1.0001 + 2·10
  }

  @Test
  void isInAnswersOfEmbeddings() {
    gateway
        .provider("openai")
        .otherwise(call ->
            call.answer(
                200,
                "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\","
                    + "\"index\":0,\"embedding\":[0.5]}],"
                    + USED
                    + "}"));

    HttpReply reply = post("/v1/embeddings", "{\"model\":\"e\",\"input\":\"Hi\"}");

    assertThat(reply.headers()).containsEntry("x-cost-usd", "0.00000014");
  }

  @Test
  void isUnknownWithoutAPriceAndNotInStreamsAndErrors() {
    assertThat(post("/v1/chat/completions", CHAT.replace("\"m\"", "\"unpriced\"")).headers())
        .doesNotContainKey("x-cost-usd");
    assertThat(
            post("/v1/chat/completions", CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""))
                .headers())
        .doesNotContainKey("x-cost-usd");
    gateway.provider("openai").otherwise(call -> call.error(400));
    assertThat(post("/v1/chat/completions", CHAT).headers()).doesNotContainKey("x-cost-usd");
  }

  @Test
  void countsAttemptsThatBroke() {
    gateway
        .provider("openai")
        .next(call ->
            call.send(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                        + "content-length: 900\r\n\r\n{\"id\":")
                .close());
    FakeClient client = gateway.client().chat(CHAT);
    gateway.advance(Duration.ofSeconds(1));

    HttpReply reply = client.reply();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-attempts", "2").containsKey("x-cost-usd");
    assertThat(new BigDecimal(reply.headers().get("x-cost-usd")))
        .isGreaterThan(
            new BigDecimal(post("/v1/chat/completions", CHAT).headers().get("x-cost-usd")));
  }
}
