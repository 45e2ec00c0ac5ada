package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Body;
import com.langdock.reliability.gateway.provider.Decoded;
import com.langdock.reliability.gateway.provider.Exchange;
import com.langdock.reliability.gateway.provider.Fields;
import com.langdock.reliability.gateway.provider.ReplyHead;
import com.langdock.reliability.gateway.provider.error.ErrorAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole answer in OpenAI's format.
 *
 * <p>A status of 200 proves nothing: OpenRouter sends errors with it, and proxies send HTML.
 */
final class OpenAiAnswer {
  private static final List<String> WRITTEN =
      List.of("content", "reasoning_content", "reasoning", "refusal");

  private OpenAiAnswer() {}

  static Decoded decode(Exchange exchange, ReplyHead head, byte[] body) {
    JsonValue root = Body.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    if (root == null) {
      Why why = Body.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    Failure failure = failureInside(head, root);
    return failure == null ? repaired(exchange, body, root) : new Decoded.Failed(failure);
  }

  private static @Nullable Failure failureInside(ReplyHead head, JsonValue root) {
    if (Fields.value(root, "error") != null || Fields.isText(root, "object", "error")) {
      return ErrorAnswer.failure(head, root);
    }
    List<JsonValue> choices = Fields.array(root, "choices");
    if (choices.isEmpty()) {
      Why why = Fields.value(root, "choices") == null ? Why.NOT_JSON : Why.EMPTY;
      return new Failure.Unreadable(why, head.status());
    }
    for (JsonValue choice : choices) {
      Failure failure = failureInChoice(head, choice);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /**
   * OpenRouter and Mistral can fail a choice alone. A choice has a message; only Azure's content
   * filter finishes one without.
   */
  private static @Nullable Failure failureInChoice(ReplyHead head, JsonValue choice) {
    if (Fields.object(choice, "error") != null) {
      return ErrorAnswer.failure(head, choice);
    }
    if (Fields.isText(choice, "finish_reason", "error")) {
      return ErrorAnswer.failure(head, null);
    }
    boolean isAnswer =
        Fields.value(choice, "message") == null
            ? Fields.text(choice, "finish_reason") != null
            : Fields.object(choice, "message") != null;
    return isAnswer ? null : new Failure.Unreadable(Why.NOT_JSON, head.status());
  }

  private static Decoded repaired(Exchange exchange, byte[] body, JsonValue root) {
    OpenAiRepairs repairs = OpenAiRepairs.of(exchange.target(), body, root);
    if (repairs.isEmpty()) {
      return answer(exchange, body, root);
    }
    byte[] json = repairs.apply();
    return answer(exchange, json, Objects.requireNonNull(Body.json(json)));
  }

  private static Decoded answer(Exchange exchange, byte[] json, JsonValue root) {
    List<JsonValue> choices = Fields.array(root, "choices");
    JsonValue content = Fields.value(Fields.object(choices.getFirst(), "message"), "content");
    String literal = content == null ? "null" : content.raw();
    Usage said = OpenAiUsage.of(root);
    Usage usage = said.isNone() ? exchange.request().estimatedUsage(characters(choices)) : said;
    return new Decoded.Answer(json, root, usage, literal);
  }

  /** How much was written, whether it was said, thought, or to a tool. */
  private static long characters(List<JsonValue> choices) {
    long characters = 0;
    for (JsonValue choice : choices) {
      JsonValue message = Fields.object(choice, "message");
      for (String name : WRITTEN) {
        JsonValue text = Fields.value(message, name);
        characters += text == null ? 0 : text.text().length();
      }
      for (JsonValue call : Fields.array(message, "tool_calls")) {
        JsonValue arguments = Fields.value(Fields.object(call, "function"), "arguments");
        characters += arguments == null ? 0 : arguments.text().length();
      }
    }
    return characters;
  }
}
