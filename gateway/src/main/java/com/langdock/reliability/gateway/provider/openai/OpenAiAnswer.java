package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Body;
import com.langdock.reliability.gateway.provider.Decoded;
import com.langdock.reliability.gateway.provider.Fields;
import com.langdock.reliability.gateway.provider.ReplyHead;
import com.langdock.reliability.gateway.provider.TargetModel;
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
  private OpenAiAnswer() {}

  static Decoded decode(TargetModel target, ReplyHead head, byte[] body) {
    JsonValue root = Body.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    if (root == null) {
      Why why = Body.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    Failure failure = failureInside(head, root);
    return failure == null ? repaired(target, body, root) : new Decoded.Failed(failure);
  }

  private static @Nullable Failure failureInside(ReplyHead head, JsonValue root) {
    if (Fields.value(root, "error") != null || "error".equals(Fields.text(root, "object"))) {
      return ErrorAnswer.failure(head, root);
    }
    List<JsonValue> choices = Fields.array(root, "choices");
    if (choices.isEmpty()) {
      Why why = Fields.value(root, "choices") == null ? Why.NOT_JSON : Why.EMPTY;
      return new Failure.Unreadable(why, head.status());
    }
    return failureInChoice(head, choices.getFirst());
  }

  /** OpenRouter and Mistral can fail a choice alone. */
  private static @Nullable Failure failureInChoice(ReplyHead head, JsonValue choice) {
    if (Fields.object(choice, "error") != null) {
      return ErrorAnswer.failure(head, choice);
    }
    boolean failed = "error".equals(Fields.text(choice, "finish_reason"));
    return failed ? ErrorAnswer.failure(head, null) : null;
  }

  private static Decoded repaired(TargetModel target, byte[] body, JsonValue root) {
    OpenAiRepairs repairs = OpenAiRepairs.of(target, body, root);
    if (repairs.isEmpty()) {
      return answer(body, root);
    }
    byte[] json = repairs.apply();
    return answer(json, Objects.requireNonNull(Body.json(json)));
  }

  private static Decoded answer(byte[] json, JsonValue root) {
    JsonValue first = Fields.array(root, "choices").getFirst();
    JsonValue content = Fields.value(Fields.object(first, "message"), "content");
    String literal = content == null ? "null" : content.raw();
    return new Decoded.Answer(json, root, OpenAiUsage.of(Fields.object(root, "usage")), literal);
  }
}
