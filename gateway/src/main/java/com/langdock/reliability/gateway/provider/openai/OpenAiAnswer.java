package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
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

  static Decoded read(TargetRequest exchange, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    if (root == null) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    Failure failure = failureInside(head, root);
    return failure == null ? repaired(exchange, body, root) : new Decoded.Failed(failure);
  }

  private static @Nullable Failure failureInside(ReplyHead head, JsonValue root) {
    if (JsonFields.value(root, "error") != null || JsonFields.isText(root, "object", "error")) {
      return ErrorAnswer.failure(head, root);
    }
    List<JsonValue> choices = JsonFields.array(root, "choices");
    if (choices.isEmpty()) {
      Why why = JsonFields.value(root, "choices") == null ? Why.NOT_JSON : Why.EMPTY;
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
    if (JsonFields.object(choice, "error") != null) {
      return ErrorAnswer.failure(head, choice);
    }
    if (JsonFields.isText(choice, "finish_reason", "error")) {
      return ErrorAnswer.failure(head, null);
    }
    boolean isAnswer =
        JsonFields.value(choice, "message") == null
            ? JsonFields.text(choice, "finish_reason") != null
            : JsonFields.object(choice, "message") != null;
    return isAnswer ? null : new Failure.Unreadable(Why.NOT_JSON, head.status());
  }

  private static Decoded repaired(TargetRequest exchange, byte[] body, JsonValue root) {
    OpenAiRepairs repairs = OpenAiRepairs.of(exchange.target(), body, root);
    if (repairs.isEmpty()) {
      return answer(exchange, body, root);
    }
    byte[] json = repairs.apply();
    return answer(exchange, json, Objects.requireNonNull(JsonBody.json(json)));
  }

  private static Decoded answer(TargetRequest exchange, byte[] json, JsonValue root) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    JsonValue content =
        JsonFields.value(JsonFields.object(choices.getFirst(), "message"), "content");
    String literal = content == null ? "null" : content.raw();
    Usage said = OpenAiUsage.of(root);
    Usage usage = said.isNone() ? exchange.request().estimatedUsage(characters(choices)) : said;
    return answered(json, root, literal, usage);
  }

  /**
   * An answer in the client's format.
   *
   * @param content the JSON literal of the first choice's text
   */
  static Decoded answered(byte[] json, JsonValue root, String content, Usage usage) {
    return new Decoded.Answered(
        new WholeAnswer.Raw(json, root, content, usage, () -> AnswerChunks.of(json, root, usage)));
  }

  /** How much was written, whether it was said, thought, or to a tool. */
  private static long characters(List<JsonValue> choices) {
    long characters = 0;
    for (JsonValue choice : choices) {
      JsonValue message = JsonFields.object(choice, "message");
      for (String name : WRITTEN) {
        JsonValue text = JsonFields.value(message, name);
        characters += text == null ? 0 : text.text().length();
      }
      for (JsonValue call : JsonFields.array(message, "tool_calls")) {
        JsonValue arguments = JsonFields.value(JsonFields.object(call, "function"), "arguments");
        characters += arguments == null ? 0 : arguments.text().length();
      }
    }
    return characters;
  }
}
