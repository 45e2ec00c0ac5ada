package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors about signatures in the history. */
class SignatureErrorsTest {
  private static final String INVALID =
      "messages.1.content.0: Invalid `signature` in `thinking` block";

  @ParameterizedTest
  @ValueSource(
      strings = {
        INVALID,
        "messages.1.content.0: Invalid signature in thinking block",
        "messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a",
        "messages.5.content.48: Invalid `data` in `redacted_thinking` block",
        "messages.1.content.0.thinking.signature: Field required",
        "The model returned the following errors: messages.3.content.0.thinking.signature: Field",
        "messages.7.content.0.thinking: each thinking block must contain thinking",
        "messages.5.content.1: `thinking` or `redacted_thinking` blocks in the latest assistant "
            + "message cannot be modified. These blocks must remain as they were",
        "messages.9.content.0.type: Expected `thinking` or `redacted_thinking`, but found "
            + "`tool_use`. When `thinking` is enabled, a final `assistant` message must start",
        "The encrypted content for item rs_1 could not be verified. Reason: it was not",
        "The encrypted content gAAA-_1 could not be verified.",
        "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.",
        "Item 'rs_1' of type 'reasoning' was provided without its required following item.",
        "Corrupted thought signature.",
        "Function call is missing a thought_signature in functionCall parts. This is required",
        "Unable to submit request because function call `default_api:f` in the 2. content block "
            + "is missing a `thought_signature`.",
        "Function call `f` in the `1.` content block is missing a `thought_signature`.",
        "Unable to submit request because Thought signature is not valid",
        "Invalid value at 'contents[1].parts[0].thought_signature' (TYPE_BYTES), Base64 decoding",
      })
  void areRecognisedWhereTheRequestHasSignatures(String message) {
    assertThat(failure(Replies.withSignatures(400), message))
        .isInstanceOfSatisfying(
            Failure.SignatureRejected.class,
            failure -> assertThat(failure.reply().message()).isEqualTo(message));
    assertThat(failure(Replies.head(400), message))
        .isInstanceOfAny(Failure.RequestRejected.class, Failure.StateNotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Previous response with id 'resp_1' not found.",
        "Conversation with id 'conv_1' not found.",
        "Item with id 'msg_1' not found.",
      })
  void areNotAboutStateThatIsElsewhere(String message) {
    assertThat(failure(Replies.head(400), message)).isInstanceOf(Failure.StateNotFound.class);
    assertThat(failure(Replies.head(404), message)).isInstanceOf(Failure.StateNotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "messages.1.content.0.text: Field required",
        "messages.1.content.0.thinking.thinking: Field required",
        "tools.0.description: 'Invalid `signature` in `thinking` block' is too long",
        "thinking.budget_tokens: Input should be greater than or equal to 1024",
        "Invalid value at 'contents[1].parts[0].text' (TYPE_STRING)",
      })
  void areNotOtherRejections(String message) {
    assertThat(failure(Replies.withSignatures(400), message))
        .isInstanceOf(Failure.RequestRejected.class);
  }

  @Test
  void areNotServerErrorsWhateverTheirWords() {
    assertThat(failure(Replies.withSignatures(500), INVALID))
        .isInstanceOf(Failure.ServerError.class);
  }

  private static Failure failure(ReplyHead head, String message) {
    String body = "{\"error\":{\"message\":" + JsonText.quote(message) + "}}";
    return ErrorAnswer.failure(head, JsonBody.json(body.getBytes(UTF_8)));
  }
}
