package com.langdock.reliability.gateway.provider.anthropic;

import static com.langdock.reliability.gateway.provider.Exchanges.ofOpus;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
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

class GoldenTest {
  private static final Map<String, ModelFacts> FACTS =
      Map.of(
          "old", Exchanges.OLD,
          "budget", Exchanges.BUDGET,
          "adaptive", Exchanges.ADAPTIVE,
          "effort", Exchanges.EFFORT,
          "always", Exchanges.ALWAYS);

  private final AnthropicFormat format = new AnthropicFormat();

  static List<String> requests() {
    return Golden.cases("anthropic/request");
  }

  static List<String> answers() {
    return Golden.cases("anthropic/answer");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsTranslated(String name) {
    JsonValue in = Exchanges.json(new String(Golden.input(name), UTF_8));
    String request = Objects.requireNonNull(JsonFields.object(in, "request")).raw();
    ModelFacts facts = Objects.requireNonNull(FACTS.get(JsonFields.text(in, "facts")));

    Written encoded = format.write(Exchanges.of(request, "claude", facts));

    assertThat(encoded).isInstanceOf(Written.Request.class);
    Golden.check(name, ((Written.Request) encoded).outgoing().body());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsTranslated(String name) {
    Decoded decoded = format.readWhole(ofOpus("{}"), Replies.head(200), Golden.input(name));

    assertThat(decoded).isInstanceOf(Decoded.Answered.class);
    Golden.check(name, ChatReader.answer(decoded).json());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void contentIsTheLiteralInTheAnswer(String name) {
    WholeAnswer.Raw answer =
        ChatReader.answer(format.readWhole(ofOpus("{}"), Replies.head(200), Golden.input(name)));

    String content = "\"content\":" + ChatReader.content(answer) + ",\"refusal\"";
    assertThat(new String(answer.json(), UTF_8)).contains(content);
  }
}
