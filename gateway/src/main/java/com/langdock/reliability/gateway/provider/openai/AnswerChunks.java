package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts a whole answer to the chunks of a stream: two for each choice, its message and its
 * finish reason. For a provider that sends a whole answer although a stream was requested.
 */
final class AnswerChunks {
  private static final List<String> OTHER_CONTENT =
      List.of("tool_calls", "function_call", "refusal", "audio", "images");

  private final byte[] json;
  private final JsonValue root;

  private AnswerChunks(byte[] json, JsonValue root) {
    this.json = json;
    this.root = root;
  }

  /**
   * The chunks. Usage that the provider reported comes last.
   *
   * @param root the JSON in {@code json}
   * @param usage the answer's usage, reported or estimated
   */
  static List<Piece> of(byte[] json, JsonValue root, Usage usage) {
    return new AnswerChunks(json, root).chunks(usage);
  }

  private List<Piece> chunks(Usage usage) {
    List<Piece> chunks = new ArrayList<>();
    JsonValue reported = JsonFields.object(root, "usage");
    List<JsonValue> choices = JsonFields.array(root, "choices");
    for (JsonValue choice : choices) {
      if (choice.kind() != JsonValue.Kind.OBJECT) {
        continue;
      }
      JsonValue message = JsonFields.object(choice, "message");
      boolean first = JsonFields.count(choice, "index") == 0;
      String text = JsonFields.text(message, "content");
      String withDelta = withDelta(choice, message == null ? "{}" : delta(message));
      Content content = first ? content(choice, message, text) : Content.OTHER;
      chunks.add(chunk(withDelta, first && text != null ? text : "", content, 0));
      chunks.add(chunk(finish(choice), "", Content.NONE, 1));
    }
    if (reported != null) {
      chunks.add(new Piece.Used(TokenReport.raw(usage, reported.raw())));
    }
    return chunks;
  }

  private static Content content(
      JsonValue choice, @Nullable JsonValue message, @Nullable String text) {
    boolean more =
        JsonFields.object(choice, "logprobs") != null
            || OTHER_CONTENT.stream().anyMatch(name -> JsonFields.value(message, name) != null);
    if (more) {
      return Content.OTHER;
    }
    return text == null || text.isEmpty() ? Content.NONE : Content.TEXT;
  }

  private Piece chunk(String choice, String text, Content content, int finished) {
    byte[] chunk =
        new JsonSplice(json)
            .remove(root, "usage")
            .put(root, "object", "\"chat.completion.chunk\"")
            .put(root, "choices", "[" + choice + "]")
            .bytes();
    return new Piece.Raw(chunk, text, content, finished, null);
  }

  /** The choice with a delta instead of its message, and without its finish reason. */
  private static String withDelta(JsonValue choice, String delta) {
    byte[] own = choice.raw().getBytes(UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(own));
    JsonSplice splice = new JsonSplice(own).remove(root, "message");
    splice.put(root, "finish_reason", "null").append(root, "delta", delta);
    return new String(splice.bytes(), UTF_8);
  }

  private static String finish(JsonValue choice) {
    return "{\"index\":"
        + JsonFields.count(choice, "index")
        + ",\"delta\":{},\"logprobs\":null,\"finish_reason\":"
        + raw(choice, "finish_reason")
        + "}";
  }

  /** The message as a delta, in which tool calls have an index. */
  private static String delta(JsonValue message) {
    byte[] own = message.raw().getBytes(UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(own));
    JsonSplice splice = new JsonSplice(own);
    int index = 0;
    for (JsonValue call : JsonFields.array(root, "tool_calls")) {
      if (call.kind() == JsonValue.Kind.OBJECT) {
        splice.put(call, "index", Integer.toString(index++));
      }
    }
    return new String(splice.bytes(), UTF_8);
  }

  private static String raw(JsonValue object, String name) {
    JsonValue value = JsonFields.value(object, name);
    return value == null ? "null" : value.raw();
  }
}
