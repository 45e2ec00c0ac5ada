package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message's content into blocks.
 *
 * <p>Blank text is dropped, because Anthropic refuses it. What has no block at all was refused
 * before, by {@link UnsupportedFields}.
 */
final class Parts {
  private static final String EPHEMERAL = "{\"type\":\"ephemeral\"}";

  private Parts() {}

  /** The blocks of {@code message}, with its breakpoint after the last; may be empty. */
  static List<Block> blocks(JsonValue message) {
    List<Block> blocks = content(message);
    markLast(blocks, cacheControl(message));
    return blocks;
  }

  /** The blocks of {@code message}'s content, a string or an array of parts; may be empty. */
  static List<Block> content(JsonValue message) {
    List<Block> blocks = new ArrayList<>();
    addText(blocks, JsonFields.text(message, "content"), null);
    for (JsonValue part : JsonFields.array(message, "content")) {
      addPart(blocks, part);
    }
    return blocks;
  }

  /** Puts a message's breakpoint after its last block, unless that has one of its own. */
  static void markLast(List<Block> blocks, @Nullable String mark) {
    if (mark != null && !blocks.isEmpty() && blocks.getLast().cacheControl() == null) {
      blocks.set(blocks.size() - 1, blocks.getLast().marked(mark));
    }
  }

  /** Adds {@code text} unless it is null or blank. */
  static void addText(List<Block> blocks, @Nullable String text, @Nullable String cacheControl) {
    if (text != null && !AnthropicWhitespace.isBlank(text)) {
      blocks.add(new Block.Text(text, cacheControl));
    }
  }

  /**
   * The breakpoint that the client set on a part, a message or a tool: OpenRouter's {@code
   * cache_control} as it is, OpenAI's {@code prompt_cache_breakpoint} as its equal; null if none.
   */
  static @Nullable String cacheControl(@Nullable JsonValue holder) {
    JsonValue control = JsonFields.object(holder, "cache_control");
    if (control != null) {
      return control.raw();
    }
    return JsonFields.value(holder, "prompt_cache_breakpoint") == null ? null : EPHEMERAL;
  }

  private static void addPart(List<Block> blocks, JsonValue part) {
    String cacheControl = cacheControl(part);
    switch (JsonFields.text(part, "type")) {
      case "text" -> addText(blocks, JsonFields.text(part, "text"), cacheControl);
      case "refusal" -> addText(blocks, JsonFields.text(part, "refusal"), cacheControl);
      case "image_url" -> addMedia(blocks, Media.ofImage(part), null, cacheControl);
      case "file" -> {
        String name = JsonFields.text(JsonFields.object(part, "file"), "filename");
        String title = name == null || AnthropicWhitespace.isBlank(name) ? null : name;
        addMedia(blocks, Media.ofFile(part), title, cacheControl);
      }
      case null, default -> {}
    }
  }

  private static void addMedia(
      List<Block> blocks,
      @Nullable Media media,
      @Nullable String title,
      @Nullable String cacheControl) {
    if (media != null) {
      blocks.add(new Block.Attachment(media, title, cacheControl));
    }
  }
}
