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
 * <p>A status of 200 does not mean success: OpenRouter sends errors with it, and proxies send HTML.
 */
final class OpenAiAnswer {
  private static final List<String> TEXT_FIELDS =
      List.of("content", "reasoning_content", "reasoning", "refusal");

  private OpenAiAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    if (root == null) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    Failure failure = failureInside(head, root);
    return failure == null ? repaired(request, body, root) : new Decoded.Failed(failure);
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
   * OpenRouter and Mistral report failures of single choices. Every choice has a message, except
   * one that Azure's content filter finished.
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

  private static Decoded repaired(TargetRequest request, byte[] body, JsonValue root) {
    OpenAiRepairs repairs = OpenAiRepairs.of(request.target(), body, root);
    if (repairs.isEmpty()) {
      return answer(request, body, root);
    }
    byte[] json = repairs.apply();
    return answer(request, json, Objects.requireNonNull(JsonBody.json(json)));
  }

  private static Decoded answer(TargetRequest request, byte[] json, JsonValue root) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    Usage reported = OpenAiUsage.of(root);
    Usage usage =
        reported.isNone() ? request.exchange().estimatedUsage(characters(choices)) : reported;
    return answered(json, root, usage);
  }

  /** An answer in the client's format. */
  static Decoded answered(byte[] json, JsonValue root, Usage usage) {
    return new Decoded.Answered(
        new WholeAnswer.Raw(json, root, usage, () -> AnswerChunks.of(json, root, usage)));
  }

  /** The number of characters generated: text, thinking and tool arguments. */
  private static long characters(List<JsonValue> choices) {
    long characters = 0;
    for (JsonValue choice : choices) {
      JsonValue message = JsonFields.object(choice, "message");
      for (String name : TEXT_FIELDS) {
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
