package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the gateway's fields to an answer without rewriting the rest. */
public final class AnswerJson {
  private AnswerJson() {}

  /**
   * The answer's bytes with the fields added. A field of the same name from the provider is
   * replaced.
   *
   * @param request the request that is answered
   */
  public static byte[] of(WholeAnswer answer, Payload request, AnswerFacts facts) {
    return switch (answer) {
      case WholeAnswer.Raw raw -> of(raw, facts);
      case WholeAnswer.Neutral neutral ->
          of(ChatAnswer.of(neutral, ChatNames.isLegacy(request.root())), facts);
    };
  }

  private static byte[] of(WholeAnswer.Raw answer, AnswerFacts facts) {
    JsonValue root = answer.root();
    JsonSplice splice = new JsonSplice(answer.json());
    splice
        .put(root, "request_id", JsonText.quote(facts.requestId()))
        .put(root, "provider", JsonText.quote(facts.provider()))
        .put(root, "attempts", Integer.toString(facts.attempts()))
        .put(root, "total_latency_ms", Long.toString(facts.latencyMillis()))
        .put(root, "tokens_used", Long.toString(answer.usage().totalTokens()));
    JsonValue content = content(root);
    if (content == null) {
      splice.put(root, "content", "null");
    } else {
      splice.put(root, "content", content);
    }
    return splice
        .put(root, "created_at", quoted(Instant.ofEpochMilli(facts.createdAtMillis())))
        .bytes();
  }

  /** The text of the answer's first choice, null when it has none. */
  static @Nullable JsonValue content(JsonValue root) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    return choices.isEmpty()
        ? null
        : JsonFields.value(JsonFields.object(choices.getFirst(), "message"), "content");
  }

  private static String quoted(Instant moment) {
    return "\"" + moment + "\"";
  }
}
