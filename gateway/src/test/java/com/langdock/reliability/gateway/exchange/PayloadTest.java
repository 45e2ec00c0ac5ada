package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.front.chat.ConversationReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.json.JsonValue;
import org.junit.jupiter.api.Test;

/** The lazy construction of a request's neutral conversation. */
class PayloadTest {
  private static final String JSON =
      "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final TargetModel MODEL = new TargetModel("m", "n", Exchanges.OLD);

  private int built;

  private final Payload payload =
      new Payload(WireFormat.CHAT, Body.of(JSON.getBytes(UTF_8)), Exchanges.json(JSON), this::read);
  private final TargetRequest asked =
      new TargetRequest(
          new Exchange("m", Exchange.Task.ANSWER, null, null, true, AnswerTraits.PLAIN, 0, payload),
          MODEL);

  private Conversation read(JsonValue root) {
    built++;
    return ConversationReader.read(root);
  }

  @Test
  void isNotBuiltForATargetOfTheClientsFormat() {
    OpenAiFormat format = new OpenAiFormat(true);

    format.write(asked);
    format.write(asked.continuing(Continued.of("Hello", Continuation.INSTRUCTION)));
    format.addedFields(asked);
    format.readStream(asked, Replies.head(200));
    format.readWhole(asked, Replies.head(200), "{\"choices\":[]}".getBytes(UTF_8));

    assertThat(built).isZero();
  }

  @Test
  void isSharedByTargetsOfAnotherFormat() {
    AnthropicFormat format = new AnthropicFormat();

    format.write(asked);
    format.write(asked.continuing(Continued.of("Hello", Continuation.PREFILL)));
    format.readStream(asked, Replies.head(200));

    assertThat(built).isOne();
    assertThat(payload.conversation()).isSameAs(payload.conversation());
  }
}
