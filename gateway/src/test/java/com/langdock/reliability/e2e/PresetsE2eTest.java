package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
                - {name: cheap, type: groq, base_url: "%1$s", api_key: k,
                   models: {oss: openai/gpt-oss-120b}}
                - {name: dear, type: sambanova, base_url: "%1$s", api_key: k,
                   models: {oss: gpt-oss-120b}, priority: 2}
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

  /** The same weights cost 0.15 and 0.6 dollars at the one, 0.22 and 0.59 at the other. */
  @Test
  void haveTheirOwnPrices() {
    for (String provider : List.of("cheap", "dear")) {
      String body =
          with("\"preferred_provider\":\"" + provider + "\",", GatewayFixture.chat("oss"));
      JsonNode usage = fixture.ask(body).isAnsweredBy(provider).json().path("usage");
      long input = usage.path("prompt_tokens").asLong();
      long output = usage.path("completion_tokens").asLong();
      double dollars =
          (provider.equals("cheap") ? input * 0.15 + output * 0.6 : input * 0.22 + output * 0.59)
              / 1e6;
      assertThat(fixture.metric("gateway_cost_dollars_total", Map.of("provider", provider)))
          .isCloseTo(dollars, within(1e-9));
    }
  }

  @Test
  void areNotAskedForAnAnswerWhenTheyServeNoChat() {
    fixture.ask(GatewayFixture.chat("local")).isError(400, "invalid_value");
    assertThat(fixture.openai.requests()).isEmpty();
  }
}
