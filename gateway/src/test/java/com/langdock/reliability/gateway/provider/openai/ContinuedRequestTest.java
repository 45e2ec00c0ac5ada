package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContinuedRequestTest {
  private static final String ASKED =
      "{'zeta':1.0, 'messages':[ {'role':'user','content':'Hi'} ]%s}";

  private static final TargetModel GPT = new TargetModel("gpt-4", "gpt-4", Exchanges.OLD);

  /** The body of the continued request, with single quotes. */
  private static String rest(String body, String delivered, Continuation way) {
    TargetRequest whole = new TargetRequest(Exchanges.request(body.replace('\'', '"')), GPT);
    TargetRequest rest = whole.continuing(Continued.of(delivered, way));
    Written.Request encoded = (Written.Request) new OpenAiFormat(true).write(rest);
    return new String(encoded.outgoing().body(), UTF_8).replace('"', '\'');
  }

  @Test
  void aPrefillEndsWithTheDeliveredText() {
    assertThat(rest(ASKED.formatted(",'new':{'b' :1e0}"), "a\nb", Continuation.PREFILL))
        .isEqualTo(
            "{'zeta':1.0, 'messages':[ {'role':'user','content':'Hi'} "
                + ",{'role':'assistant','content':'a\\nb'}],'new':{'b' :1e0}}");
  }

  @Test
  void anInstructionFollowsTheDeliveredText() {
    assertThat(rest(ASKED.formatted(""), "a", Continuation.INSTRUCTION))
        .contains(",{'role':'assistant','content':'a'},{'role':'user','content':'Your answer above")
        .endsWith("'}]}");
  }

  @ParameterizedTest
  @EnumSource(Continuation.class)
  void withoutDeliveredTextTheRequestIsUnchanged(Continuation way) {
    String body = "{'messages':[{}],'max_tokens':5}";
    assertThat(rest(body, "", way)).isEqualTo(body);
  }

  /** Twelve characters are about three tokens. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'max_tokens':50                              | 'max_tokens':47
          'max_tokens': 5e1                            | 'max_tokens': 47
          'max_completion_tokens':9                    | 'max_completion_tokens':6
          'max_tokens':9,'max_completion_tokens':8     | 'max_tokens':6,'max_completion_tokens':5
          'max_tokens':3                               | 'max_tokens':1
          'max_tokens':1                               | 'max_tokens':1
          'max_tokens':null                            | 'max_tokens':null
          """)
  void subtractsDeliveredTokensFromTheLimits(String limits, String left) {
    assertThat(rest(ASKED.formatted("," + limits), "Hello there,", Continuation.PREFILL))
        .endsWith("}]," + left + "}");
  }
}
