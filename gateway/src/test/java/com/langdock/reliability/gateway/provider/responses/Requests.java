package com.langdock.reliability.gateway.provider.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Map;
import java.util.OptionalLong;

/** Requests of clients of the Responses API; single quotes stand for double ones. */
final class Requests {
  /** A reasoning model of OpenAI. */
  static final ModelFacts REASONING = facts(true, false);

  /** The same, whose tools need Responses. */
  static final ModelFacts TOOLS_NEED_RESPONSES = facts(true, true);

  /** A model that does not think. */
  static final ModelFacts PLAIN = facts(false, false);

  private Requests() {}

  private static ModelFacts facts(boolean reasoning, boolean toolsNeedResponses) {
    Sampling sampling = reasoning ? Sampling.NONE : Sampling.ANY;
    ModelTraits traits =
        new ModelTraits(reasoning, false, sampling, Thinking.NONE, true, toolsNeedResponses);
    return new ModelFacts(
        OptionalLong.empty(), OptionalLong.of(128_000), false, traits, null, null);
  }

  /** A request that a provider knows under the model {@code upstream}. */
  static TargetRequest of(String json, String upstream) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    JsonValue root = Exchanges.json(json.replace('\'', '"'));
    Payload payload =
        new Payload(
            WireFormat.RESPONSES,
            Body.of(body),
            root,
            Map.of("x-codex-turn-state", "t"),
            _ -> {
              throw new AssertionError("translated");
            });
    Exchange exchange =
        new Exchange(
            "m",
            Exchange.Task.ANSWER,
            null,
            null,
            JsonFields.isTrue(root, "stream"),
            AnswerTraits.PLAIN,
            0,
            payload);
    return new TargetRequest(exchange, new TargetModel("m", upstream, REASONING));
  }
}
