package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonString;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.RepeatedJson;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunk that differs from the one before it in its text or thinking only, as most do,
 * without reading its JSON.
 *
 * <p>Such a chunk changes nothing that the reader of a stream remembers: it has no tool call and no
 * finish reason.
 */
final class RepeatedText {
  /** Where chunks have text or thinking as one string. */
  private static final List<String> FIELDS = List.of("content", "reasoning_content", "reasoning");

  /** Random characters that hide the length of the text: OpenAI's name and Mistral's. */
  private static final List<String> PADDING = List.of("obfuscation", "p");

  private final RepeatedJson json;
  private final Content content;

  private RepeatedText(RepeatedJson json, Content content) {
    this.json = json;
    this.content = content;
  }

  /**
   * What to expect after {@code chunk}; null if it has more than text or thinking of one choice.
   *
   * @param data the chunk as it was received
   * @param root the JSON in it
   */
  static @Nullable RepeatedText of(Piece.Raw chunk, byte[] data, JsonValue root) {
    List<JsonValue> choices = JsonFields.array(root, "choices");
    boolean isPlain = chunk.content() == Content.TEXT || chunk.content() == Content.THINKING;
    if (!isPlain
        || !Arrays.equals(chunk.bytes(), data)
        || chunk.finishes() > 0
        || chunk.tokens() != null
        || choices.size() != 1) {
      return null;
    }
    JsonValue varying = only(JsonFields.object(choices.getFirst(), "delta"), FIELDS);
    return varying == null
        ? null
        : new RepeatedText(new RepeatedJson(data, varying, only(root, PADDING)), chunk.content());
  }

  /** The only field of these that has something, if it is a string; else null. */
  private static @Nullable JsonValue only(@Nullable JsonValue object, List<String> names) {
    JsonValue only = null;
    for (String name : names) {
      JsonValue value = JsonFields.value(object, name);
      if (value != null && !value.isEmptyString()) {
        if (only != null || value.kind() != Kind.STRING) {
          return null;
        }
        only = value;
      }
    }
    return only;
  }

  /** The next chunk; null if it differs in more. */
  Piece.@Nullable Raw read(byte[] data) {
    JsonString varied = json.in(data);
    if (varied == null || varied.isEmpty()) {
      return null;
    }
    return new Piece.Raw(data, content == Content.TEXT ? varied.text() : "", content, 0, null);
  }
}
