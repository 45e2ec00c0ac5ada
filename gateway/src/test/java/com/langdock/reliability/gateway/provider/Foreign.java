package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.chat.ConversationReader;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;

/** Requests of a client whose format no provider of the test has. */
public final class Foreign {
  /** The client's format. */
  public static final WireFormat FORMAT = new WireFormat("foreign");

  private Foreign() {}

  /** A request with the meaning of the chat request {@code json}. */
  public static TargetRequest of(String json, String model, ModelFacts facts) {
    JsonValue root = Exchanges.json(json);
    return of(ConversationReader.read(root), JsonFields.isTrue(root, "stream"), model, facts);
  }

  /** A request with the meaning {@code conversation}. */
  public static TargetRequest of(
      Conversation conversation, boolean stream, String model, ModelFacts facts) {
    Payload payload =
        new Payload(
            FORMAT, Body.of("{}".getBytes(UTF_8)), Exchanges.json("{}"), root -> conversation);
    return new TargetRequest(
        new Exchange("", Exchange.Task.ANSWER, null, null, stream, AnswerTraits.PLAIN, 0, payload),
        new TargetModel(model, model, facts));
  }

  /** A conversation with {@code messages} and {@code tools} that asks for nothing special. */
  public static Conversation conversation(List<Message> messages, List<Tool> tools) {
    return new Conversation(
        messages,
        tools,
        new ToolChoice(ToolChoice.Mode.AUTO, null, null, false, "choice"),
        new AnswerOptions(
            null, new AnswerOptions.Sampling(null, null, null, null), null, null, null),
        new AnswerShape.Text(),
        null,
        List.of());
  }
}
