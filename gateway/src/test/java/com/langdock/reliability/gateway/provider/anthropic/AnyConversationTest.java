package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every request that OpenAI accepts is translated to one that Anthropic accepts. */
class AnyConversationTest {
  private static final int SEEDS = 2_000;
  private static final List<ModelFacts> MODELS =
      List.of(
          Exchanges.OLD,
          Exchanges.BUDGET,
          Exchanges.ADAPTIVE,
          Exchanges.EFFORT,
          Exchanges.ALWAYS,
          ModelFacts.UNKNOWN);

  @Test
  void followsAnthropicsRulesAndLosesNoText() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomChat chat = new RandomChat(seed);
      String json = chat.json();
      byte[] body = encoded(json, MODELS.get((int) (seed % MODELS.size())));

      assertThat(MessageRules.brokenBy(body)).as("seed %d: %s", seed, json).isEmpty();
      String text = new String(body, UTF_8);
      assertThat(chat.markers())
          .as("seed %d: %s", seed, json)
          .allMatch(marker -> text.indexOf(marker) >= 0)
          .allMatch(marker -> text.indexOf(marker) == text.lastIndexOf(marker));
    }
  }

  @Test
  void isDeterministic() {
    String json = new RandomChat(7).json();

    assertThat(encoded(json, Exchanges.OLD)).isEqualTo(encoded(json, Exchanges.OLD));
  }

  @Test
  void everyRecordedRequestFollowsAnthropicsRules() {
    for (String name : Recorded.names("requests/openai-chat", ".json")) {
      for (ModelFacts model : MODELS) {
        byte[] body = encoded(new String(Recorded.bytes(name), UTF_8), model);

        assertThat(MessageRules.brokenBy(body)).as(name).isEmpty();
      }
    }
  }

  private static byte[] encoded(String json, ModelFacts model) {
    Written encoded = MessageRequest.write(Exchanges.of(json, "claude", model));
    assertThat(encoded).as(json).isInstanceOf(Written.Request.class);
    return ((Written.Request) encoded).outgoing().body();
  }
}
