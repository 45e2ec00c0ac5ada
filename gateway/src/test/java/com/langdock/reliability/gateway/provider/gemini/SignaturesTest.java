package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Foreign;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signatures of Gemini that a client sends back and a provider rejects. */
class SignaturesTest {
  private static final ContentBlock TEXT = new ContentBlock.Text("Blue.", null);
  private static final ContentBlock THINKING =
      new ContentBlock.Thinking("So.", signature("b25l"), "path");
  private static final ContentBlock CALL = call("a", "dHdv");
  private static final ContentBlock SECOND = call("b", null);

  private final GeminiFormat format = new GeminiFormat();

  @Test
  void areReplacedByThePlaceholderAtTheFirstCallOfATurn() {
    TargetRequest request = request(GeminiModels.LEVEL, THINKING, TEXT, CALL, SECOND);

    assertThat(body(request, false))
        .contains("{'text':'Blue.','thoughtSignature':'b25l'}")
        .contains("{'functionCall':{'id':'a','name':'f','args':{}},'thoughtSignature':'dHdv'}");
    assertThat(body(request, true))
        .isEqualTo(
            body(request, false)
                .replace(",'thoughtSignature':'b25l'", "")
                .replace("dHdv", "skip_thought_signature_validator"));
  }

  @Test
  void areReplacedForOlderModelsToo() {
    TargetRequest unsigned = request(GeminiModels.BUDGET, SECOND);

    assertThat(body(unsigned, false)).doesNotContain("thoughtSignature");
    assertThat(body(unsigned, true))
        .contains("'thoughtSignature':'skip_thought_signature_validator'");
  }

  @Test
  void canBeReplacedIfThereIsOneOfGemini() {
    assertThat(format.hasSignatures(request(GeminiModels.LEVEL, CALL))).isTrue();
    assertThat(format.hasSignatures(request(GeminiModels.LEVEL, THINKING, TEXT))).isTrue();
    assertThat(format.hasSignatures(request(GeminiModels.LEVEL, SECOND, TEXT))).isFalse();
  }

  @Test
  void canBeAddedToACallOfAModelThatUsuallyNeedsNone() {
    assertThat(format.hasSignatures(request(GeminiModels.BUDGET, SECOND))).isTrue();
    assertThat(format.hasSignatures(request(GeminiModels.BUDGET, TEXT))).isFalse();
  }

  private static ContentBlock call(String id, @Nullable String signature) {
    return new ContentBlock.ToolCall(
        id, "f", "{}", signature == null ? null : signature(signature), null);
  }

  private static ContentBlock.Signature signature(String value) {
    return new ContentBlock.Signature(WireFormat.GEMINI, value);
  }

  private static TargetRequest request(ModelFacts facts, ContentBlock... blocks) {
    Message message = new Message(Message.Role.ASSISTANT, null, List.of(blocks), null);
    return Foreign.of(Foreign.conversation(List.of(message), List.of()), false, "gemini", facts);
  }

  private String body(TargetRequest request, boolean withoutSignatures) {
    Written written =
        format.write(
            new TargetRequest(
                request.exchange(), request.target(), Set.of(), withoutSignatures, null));
    return new String(((Written.Request) written).outgoing().body(), UTF_8).replace('"', '\'');
  }
}
