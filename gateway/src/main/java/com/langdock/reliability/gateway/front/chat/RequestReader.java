package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonValue;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a valid request as an {@link Exchange}. */
final class RequestReader {
  private final JsonValue root;

  private RequestReader(JsonValue root) {
    this.root = root;
  }

  static Exchange read(Body body, JsonValue root, PromptTexts texts) {
    RequestReader reader = new RequestReader(root);
    String effort = reader.text("reasoning_effort");
    String model = reader.text("model");
    return new Exchange(
        model == null ? "" : model,
        Exchange.Task.ANSWER,
        reader.text("preferred_provider"),
        reader.text("client_id"),
        reader.flag(root, "stream"),
        new AnswerTraits(
            (int) reader.integer("n").orElse(1),
            reader.flag(root, "logprobs"),
            reader.wantsJson(),
            reader.isSet("audio"),
            effort != null && !effort.equals("none")),
        Usage.estimatedTokens(texts.bytes()),
        new Payload(WireFormat.CHAT, body, root, ConversationReader::read));
  }

  private boolean wantsJson() {
    JsonValue format = present(root, "response_format");
    JsonValue type = format == null ? null : format.field("type");
    return type != null && !type.text().equals("text");
  }

  private boolean isSet(String name) {
    JsonValue value = present(root, name);
    return value != null && !value.isEmpty();
  }

  private boolean flag(@Nullable JsonValue object, String name) {
    JsonValue value = present(object, name);
    return value != null && value.isTrue();
  }

  private OptionalLong integer(String name) {
    JsonValue value = present(root, name);
    return value == null ? OptionalLong.empty() : value.integer();
  }

  private @Nullable String text(String name) {
    JsonValue value = present(root, name);
    return value == null ? null : value.text();
  }

  private @Nullable JsonValue present(@Nullable JsonValue object, String name) {
    JsonValue value = object == null ? null : object.field(name);
    return value == null || value.isNull() ? null : value;
  }
}
