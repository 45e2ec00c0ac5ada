package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Adds the gateway's fields to an answer, after the provider's. */
public final class AnswerJson {
  private static final String CONTENT = "content";
  private static final List<String> NAMES =
      List.of(
          "request_id",
          "provider",
          "attempts",
          "total_latency_ms",
          "tokens_used",
          "created_at",
          CONTENT);

  private AnswerJson() {}

  /**
   * The answer's bytes with the fields added. A field of the same name from the provider is
   * replaced.
   *
   * @param request the request that is answered
   */
  public static byte[] of(WholeAnswer answer, Payload request, AnswerFacts facts) {
    String fields = fields(facts, answer.usage().totalTokens());
    return switch (answer) {
      case WholeAnswer.Raw raw -> edited(raw, fields).bytes();
      case WholeAnswer.Forwarded forwarded -> forwarded.bytes();
      case WholeAnswer.Neutral neutral -> written(neutral, request, fields);
    };
  }

  /** The provider's own answer with the fields added, which is not written yet. */
  static JsonSplice edited(WholeAnswer.Raw answer, AnswerFacts facts) {
    return edited(answer, fields(facts, answer.usage().totalTokens()));
  }

  private static JsonSplice edited(WholeAnswer.Raw answer, String fields) {
    JsonValue root = answer.root();
    JsonSplice splice = new JsonSplice(answer.json());
    for (String name : NAMES) {
      splice.remove(root, name);
    }
    splice.append(root, fields);
    JsonValue content = content(root);
    return content == null
        ? splice.append(root, CONTENT, "null")
        : splice.append(root, CONTENT, content);
  }

  private static byte[] written(WholeAnswer.Neutral answer, Payload request, String fields) {
    ChatAnswer chat = new ChatAnswer(answer, ChatNames.isLegacy(request.root()));
    return chat.json("," + fields + ",\"content\":" + chat.content()).getBytes(UTF_8);
  }

  /** All fields but the content. */
  private static String fields(AnswerFacts facts, long totalTokens) {
    return "\"request_id\":"
        + JsonText.quote(facts.requestId())
        + ",\"provider\":"
        + JsonText.quote(facts.provider())
        + ",\"attempts\":"
        + facts.attempts()
        + ",\"total_latency_ms\":"
        + facts.latencyMillis()
        + ",\"tokens_used\":"
        + totalTokens
        + ",\"created_at\":\""
        + Instant.ofEpochMilli(facts.createdAtMillis())
        + "\"";
  }

  /** The text of the answer's first choice, null when it has none. */
  static @Nullable JsonValue content(JsonValue root) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    return choices.isEmpty()
        ? null
        : JsonFields.value(JsonFields.object(choices.getFirst(), "message"), CONTENT);
  }
}
