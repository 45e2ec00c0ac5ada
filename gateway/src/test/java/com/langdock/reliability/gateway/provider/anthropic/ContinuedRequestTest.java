package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for the rest of an answer. */
class ContinuedRequestTest {
  @Test
  void aPrefillEndsWithTheDeliveredText() {
    assertThat(rest(50, "Hello the", Continuation.PREFILL, Exchanges.OLD))
        .endsWith(
            "{'role':'user','content':[{'type':'text','text':'Hi'}]},"
                + "{'role':'assistant','content':[{'type':'text','text':'Hello the'}]}]}");
  }

  @Test
  void anInstructionFollowsTheDeliveredText() {
    assertThat(rest(50, "Hello the", Continuation.INSTRUCTION, Exchanges.EFFORT))
        .contains(
            "{'role':'assistant','content':[{'type':'text','text':'Hello the'}]},"
                + "{'role':'user','content':[{'type':'text','text':'Your answer above")
        .endsWith("'}]}]}");
  }

  /** Twelve characters are about three tokens. */
  @ParameterizedTest
  @CsvSource({"50, 47", "3, 1", "1, 1"})
  void subtractsDeliveredTokensFromTheLimit(long limit, long left) {
    assertThat(rest(limit, "Hello there,", Continuation.PREFILL, Exchanges.OLD))
        .contains("'max_tokens':" + left + ",");
  }

  private static String rest(long limit, String delivered, Continuation way, ModelFacts facts) {
    String json =
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],'max_tokens':" + limit + "}";
    TargetRequest whole = Exchanges.of(json.replace('\'', '"'), "claude", facts);
    Written encoded = MessageRequest.write(whole.continuing(Continued.of(delivered, way)));
    return new String(((Written.Request) encoded).outgoing().body(), UTF_8).replace('"', '\'');
  }
}
