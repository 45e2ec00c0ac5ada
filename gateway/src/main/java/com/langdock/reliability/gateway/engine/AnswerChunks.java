package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.StreamPart.Chunk;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stream's chunks of a whole answer: two for each choice, its message and its finish
 * reason. For a provider that answers a request for a stream with a whole answer.
 */
public final class AnswerChunks {
  private static final List<String> MORE_THAN_TEXT =
      List.of("tool_calls", "function_call", "refusal", "audio", "images");

  private AnswerChunks() {}

  /** The chunks; the last one carries what the answer cost, where the provider said it. */
  public static List<Chunk> of(Decoded.Answer answer) {
    List<Chunk> chunks = new ArrayList<>();
    for (JsonValue choice : JsonFields.array(answer.root(), "choices")) {
      if (choice.kind() != JsonValue.Kind.OBJECT) {
        continue;
      }
      JsonValue message = JsonFields.object(choice, "message");
      boolean first = JsonFields.count(choice, "index") == 0;
      String text = JsonFields.text(message, "content");
      String said = said(choice, message == null ? "{}" : delta(message));
      Content content = first ? content(choice, message, text) : Content.OTHER;
      chunks.add(chunk(answer, said, first && text != null ? text : "", content, 0));
      String finish = finish(choice);
      chunks.add(chunk(answer, finish, "", Content.NONE, 1));
    }
    JsonValue usage = JsonFields.object(answer.root(), "usage");
    if (usage != null && !chunks.isEmpty()) {
      Chunk last = chunks.removeLast();
      Tokens tokens = new Tokens(answer.usage(), usage.raw());
      chunks.add(new Chunk(last.json(), "", last.content(), last.finished(), tokens));
    }
    return chunks;
  }

  private static Content content(
      JsonValue choice, @Nullable JsonValue message, @Nullable String text) {
    boolean more =
        JsonFields.object(choice, "logprobs") != null
            || MORE_THAN_TEXT.stream().anyMatch(name -> JsonFields.value(message, name) != null);
    if (more) {
      return Content.OTHER;
    }
    return text == null || text.isEmpty() ? Content.NONE : Content.TEXT;
  }

  private static Chunk chunk(
      Decoded.Answer answer, String choice, String text, Content content, int finished) {
    JsonValue root = answer.root();
    byte[] json =
        new JsonSplice(answer.json())
            .remove(root, "usage")
            .put(root, "object", "\"chat.completion.chunk\"")
            .put(root, "choices", "[" + choice + "]")
            .bytes();
    return new Chunk(json, text, content, finished, null);
  }

  /** The choice with a delta in place of its message, and without its finish reason. */
  private static String said(JsonValue choice, String delta) {
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
