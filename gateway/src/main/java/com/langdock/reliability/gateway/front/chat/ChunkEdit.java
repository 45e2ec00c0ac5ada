package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes single values of chunks so that they fit the stream that the client already sees. */
final class ChunkEdit {
  private static final byte[] NOTHING = {};

  /** A first chunk larger than this, in bytes, is not kept until its id is needed. */
  private static final int MAX_KEPT = 64 * 1024;

  private byte @Nullable [] first;
  private @Nullable String id;

  /** The stream's chunks all have the id of its first one. */
  void remember(byte[] chunk) {
    if (first == null) {
      first = chunk;
      if (chunk.length > MAX_KEPT) {
        id();
        first = NOTHING;
      }
    }
  }

  /**
   * A chunk of a continuing attempt.
   *
   * @param text in place of the first choice's, null when it stays
   */
  byte[] continued(byte[] chunk, @Nullable String text) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(chunk));
    JsonSplice splice = new JsonSplice(chunk).put(root, "id", id());
    for (JsonValue choice : firstOf(JsonFields.array(root, "choices"))) {
      JsonValue delta = JsonFields.object(choice, "delta");
      if (delta != null) {
        splice.remove(delta, "role");
      }
      if (text != null) {
        say(splice, choice, delta, JsonText.quote(text));
      }
    }
    return splice.bytes();
  }

  /** The chunk with the finish reason may have no delta, and yet has to carry what was held. */
  private static void say(
      JsonSplice splice, JsonValue choice, @Nullable JsonValue delta, String literal) {
    if (delta == null) {
      splice.put(choice, "delta", "{\"content\":" + literal + "}");
    } else {
      splice.put(delta, "content", literal);
    }
  }

  /** The chunk without choices that says what was used, in the manner of {@code like}. */
  byte[] usageChunk(byte[] like, String usage) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(like));
    String chunk =
        "{\"id\":"
            + raw(root, "id", "\"\"")
            + ",\"object\":\"chat.completion.chunk\",\"created\":"
            + raw(root, "created", "0")
            + ",\"model\":"
            + raw(root, "model", "\"\"")
            + ",\"choices\":[],\"usage\":"
            + usage
            + "}";
    return chunk.getBytes(StandardCharsets.UTF_8);
  }

  /** The id of the stream, as a JSON literal. */
  String id() {
    if (id == null) {
      JsonValue root = first == null ? null : JsonBody.json(first);
      id = raw(root, "id", "\"\"");
    }
    return id;
  }

  private static List<JsonValue> firstOf(List<JsonValue> choices) {
    return choices.isEmpty() ? choices : choices.subList(0, 1);
  }

  private static String raw(@Nullable JsonValue root, String name, String ifMissing) {
    JsonValue value = JsonFields.value(root, name);
    return value == null ? ifMissing : value.raw();
  }
}
