package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Thinking that a client of another API sends back. */
class SignedThinkingTest {
  private static final ContentBlock TEXT = new ContentBlock.Text("Blue.", null);
  private static final ContentBlock CALL = new ContentBlock.ToolCall("c", "f", "{}", null, null);
  private static final ContentBlock RESULT =
      new ContentBlock.ToolResult("c", List.of(TEXT), false, null);

  @Test
  void isFirstInItsTurn() {
    assertThat(sent(message(Message.Role.ASSISTANT, TEXT, thinking(WireFormat.MESSAGES))))
        .contains(
            "{'role':'assistant','content':[{'type':'thinking','thinking':'So.',"
                + "'signature':'s'},{'type':'text','text':'Blue.'}]}");
  }

  @Test
  void ofAnotherProviderIsDroppedAndReported() {
    Message foreign = message(Message.Role.ASSISTANT, thinking(WireFormat.GEMINI), TEXT);

    assertThat(sent(foreign)).doesNotContain("thinking");
    assertThat(write(foreign).changes().dropped()).contains("path");
    assertThat(write(message(Message.Role.ASSISTANT, thinking(null), TEXT)).changes().dropped())
        .contains("path");
  }

  @Test
  void isDroppedFromATurnWithoutAnythingElse() {
    assertThat(sent(message(Message.Role.ASSISTANT, thinking(WireFormat.MESSAGES))))
        .doesNotContain("assistant");
  }

  @Test
  void allowsThinkingInAToolLoop() {
    Message result = message(Message.Role.USER, RESULT);

    assertThat(sent(message(Message.Role.ASSISTANT, thinking(WireFormat.MESSAGES), CALL), result))
        .contains("'thinking':{'type':'enabled'");
    assertThat(sent(message(Message.Role.ASSISTANT, CALL), result)).doesNotContain("enabled");
  }

  @Test
  void isLeftOutAfterItsSignatureWasRejected() {
    Message result = message(Message.Role.USER, RESULT);
    TargetRequest request =
        request(message(Message.Role.ASSISTANT, thinking(WireFormat.MESSAGES), CALL), result);
    Written.Request again =
        (Written.Request)
            MessageRequest.write(
                new TargetRequest(request.exchange(), request.target(), Set.of(), true, null));

    assertThat(new String(again.outgoing().body(), UTF_8)).doesNotContain("thinking");
    assertThat(again.changes().dropped()).contains("path");
  }

  @Test
  void canBeLeftOutIfThisApiSignedIt() {
    AnthropicFormat format = new AnthropicFormat();
    Message signed = message(Message.Role.ASSISTANT, thinking(WireFormat.MESSAGES), TEXT);
    Message foreign = message(Message.Role.ASSISTANT, thinking(WireFormat.GEMINI), TEXT);

    assertThat(format.hasSignatures(request(signed))).isTrue();
    assertThat(format.hasSignatures(request(foreign))).isFalse();
  }

  private static ContentBlock thinking(@Nullable WireFormat issuer) {
    return new ContentBlock.Thinking(
        "So.", issuer == null ? null : new ContentBlock.Signature(issuer, "s"), "path");
  }

  private static Message message(Message.Role role, ContentBlock... blocks) {
    return new Message(role, null, List.of(blocks), null);
  }

  private static String sent(Message... messages) {
    return new String(write(messages).outgoing().body(), UTF_8).replace('"', '\'');
  }

  private static Written.Request write(Message... messages) {
    return (Written.Request) MessageRequest.write(request(messages));
  }

  private static TargetRequest request(Message... messages) {
    Exchange chat =
        Exchanges.request(
            "{\"reasoning_effort\":\"high\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}");
    Conversation asked = chat.payload().conversation();
    List<Message> all = new ArrayList<>(asked.messages());
    all.addAll(List.of(messages));
    Conversation longer =
        new Conversation(
            all,
            asked.tools(),
            asked.toolChoice(),
            asked.options(),
            asked.shape(),
            asked.endUser(),
            asked.unmapped());
    Payload payload =
        new Payload(WireFormat.CHAT, Body.of(new byte[0]), chat.payload().root(), root -> longer);
    Exchange exchange = new Exchange("", chat.task(), null, null, false, chat.answer(), 0, payload);
    TargetModel model = new TargetModel("m", "m", Exchanges.BUDGET);
    return new TargetRequest(exchange, model);
  }
}
