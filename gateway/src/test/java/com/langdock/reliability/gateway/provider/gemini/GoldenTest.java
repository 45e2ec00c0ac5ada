package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Golden;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden files of requests and answers: what a chat client asks, and what it gets. */
class GoldenTest {
  private static final Map<String, ModelFacts> FACTS =
      Map.of(
          "old", GeminiModels.OLD,
          "budget", GeminiModels.BUDGET,
          "always", GeminiModels.ALWAYS,
          "level", GeminiModels.LEVEL,
          "low-or-high", GeminiModels.LOW_OR_HIGH);

  private final GeminiFormat format = new GeminiFormat();

  static List<String> requests() {
    return Golden.cases("gemini/request");
  }

  static List<String> answers() {
    return Golden.cases("gemini/answer");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsTranslated(String name) {
    JsonValue in = Exchanges.json(new String(Golden.input(name), UTF_8));
    String request = Objects.requireNonNull(JsonFields.object(in, "request")).raw();
    ModelFacts facts = Objects.requireNonNull(FACTS.get(JsonFields.text(in, "facts")));

    Written encoded = format.write(Exchanges.of(request, "gemini", facts));

    assertThat(encoded).isInstanceOf(Written.Request.class);
    Golden.check(name, ((Written.Request) encoded).outgoing().body());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsTranslated(String name) {
    Decoded decoded =
        format.readWhole(
            Exchanges.of("{}", "gemini", GeminiModels.LEVEL),
            Replies.head(200),
            Golden.input(name));

    assertThat(decoded).isInstanceOf(Decoded.Answered.class);
    Golden.check(name, ChatReader.answer(decoded).json());
  }
}
