package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Providers whose type says what they do differently. */
@Tag("e2e")
class PresetsE2eTest {
  private final GatewayFixture fixture =
      GatewayFixture.of(
          GatewayFixture.SHORT_TIMES,
          opened ->
              """
              providers:
                - {name: groq, base_url: "%1$s", api_key: "%2$s", models: [fast]}
                - name: cautious
                  type: mistral
                  base_url: "%1$s"
                  api_key: "%2$s"
                  models: {fast: mistral-large}
                  quirks: {store: true}
                  priority: 2
                - {name: azure, base_url: "%1$s/v1", api_key: "%2$s", models: {sky: gpt-4}}
                - {name: ollama, base_url: "%1$s", models: [local], formats: [embeddings]}
              """
                  .formatted(opened.openai.url(), GatewayFixture.SECRET));

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String with(String fields, String body) {
    return "{" + fields + body.substring(1);
  }

  private @Nullable String sent() {
    return fixture.openai.requests().getLast().body();
  }

  @Test
  void areAskedWithWhatTheyTakeAndTheRestIsTold() {
    Reply reply =
        fixture
            .ask(with("\"logit_bias\":{\"5\":1},\"top_p\":1,", GatewayFixture.chat("fast")))
            .isAnsweredBy("groq");
    assertThat(reply.header("x-gateway-dropped")).isEqualTo("logit_bias");
    assertThat(sent()).contains("top_p").doesNotContain("logit_bias");
  }

  @Test
  void areSkippedForWhatTheyCannotGive() {
    fixture.ask(with("\"n\":2,", GatewayFixture.chat("fast"))).isAnsweredBy("cautious");
    assertThat(fixture.openai.requests()).hasSize(1);
    assertThat(sent()).contains("\"n\":2").contains("mistral-large");
    Reply refused =
        fixture
            .ask(with("\"logprobs\":true,", GatewayFixture.chat("fast")))
            .isError(400, "invalid_value");
    assertThat(refused.error().path("param").asString("")).isEqualTo("logprobs");
    assertThat(fixture.openai.requests()).hasSize(1);
  }

  @Test
  void followTheQuirksOfTheFile() {
    String fields = "\"seed\":7,\"store\":true,\"preferred_provider\":\"cautious\",";
    fixture.ask(with(fields, GatewayFixture.chat("fast"))).isAnsweredBy("cautious");
    assertThat(sent()).contains("\"store\":true").contains("\"random_seed\":7");
  }

  @Test
  void streamWithoutOptionsThatTheyReject() {
    String fields = "\"preferred_provider\":\"cautious\"";
    assertThat(fixture.stream(GatewayFixture.streamed("fast", fields)).done()).isTrue();
    assertThat(sent()).doesNotContain("stream_options");
  }

  @Test
  void atAzureAreAskedForTheDeployment() {
    fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
    assertThat(sent()).contains("\"model\":\"gpt-4\"");
  }

  @Test
  void areNotAskedForAnAnswerWhenTheyServeNoChat() {
    fixture.ask(GatewayFixture.chat("local")).isError(400, "invalid_value");
    assertThat(fixture.openai.requests()).isEmpty();
  }
}
