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

/** Changes single values of chunks so that they fit the client's stream. */
final class ChunkEdit {
  private static final byte[] EMPTY = {};

  /** The id of a larger first chunk, in bytes, is read at once so that the chunk is not kept. */
  private static final int MAX_KEPT = 64 * 1024;

  private byte @Nullable [] first;
  private @Nullable String id;

  /** Records a written chunk. All chunks of the stream have the id of the first one. */
  void remember(byte[] chunk) {
    if (first == null) {
      first = chunk;
      if (chunk.length > MAX_KEPT) {
        id();
        first = EMPTY;
      }
    }
  }

  /**
   * Edits a chunk of a continuing attempt.
   *
   * @param text replaces the text of the first choice; null to keep it
   */
  byte[] continued(byte[] chunk, @Nullable String text) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(chunk));
    JsonSplice splice = new JsonSplice(chunk).put(root, "id", id());
    for (JsonValue choice : firstOnly(JsonFields.array(root, "choices"))) {
      JsonValue delta = JsonFields.object(choice, "delta");
      if (delta != null) {
        splice.remove(delta, "role");
      }
      if (text != null) {
        putText(splice, choice, delta, JsonText.quote(text));
      }
    }
    return splice.bytes();
  }

  /** Sets the text. A chunk with a finish reason may have no delta, but must carry held text. */
  private static void putText(
      JsonSplice splice, JsonValue choice, @Nullable JsonValue delta, String literal) {
    if (delta == null) {
      splice.put(choice, "delta", "{\"content\":" + literal + "}");
    } else {
      splice.put(delta, "content", literal);
    }
  }

  /** The usage chunk, which has no choices. Id, model and time come from {@code template}. */
  byte[] usageChunk(byte[] template, String usage) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(template));
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

  private static List<JsonValue> firstOnly(List<JsonValue> choices) {
    return choices.isEmpty() ? choices : choices.subList(0, 1);
  }

  private static String raw(@Nullable JsonValue root, String name, String ifMissing) {
    JsonValue value = JsonFields.value(root, name);
    return value == null ? ifMissing : value.raw();
  }
}
