package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads content: a string, or an array of blocks. Blocks of tools that a provider runs stay as they
 * are.
 */
final class BlockReader {
  private final Unmapped unmapped;
  private final List<ContentBlock> blocks = new ArrayList<>();

  /** The signature of a call, which stands before it in an empty thinking block. */
  private ContentBlock.@Nullable Thinking pending;

  BlockReader(Unmapped unmapped) {
    this.unmapped = unmapped;
  }

  /**
   * The blocks in a field; may be empty. Call once.
   *
   * @param prefix path of the field's object, with the dot behind it; may be empty
   */
  List<ContentBlock> content(JsonValue holder, String field, String prefix) {
    String text = JsonFields.text(holder, field);
    if (text != null) {
      return List.of(new ContentBlock.Text(text, null));
    }
    List<JsonValue> elements = JsonFields.array(holder, field);
    for (int i = 0; i < elements.size(); i++) {
      read(elements.get(i), prefix + field + "[" + i + "]");
    }
    addPending();
    return List.copyOf(blocks);
  }

  /** The prompt cache breakpoint of a block or a tool; null if it has none. */
  static @Nullable CacheMark cacheMark(JsonValue holder) {
    JsonValue control = JsonFields.object(holder, "cache_control");
    return control == null ? null : new CacheMark(control.raw());
  }

  private void read(JsonValue block, String path) {
    String type = Objects.requireNonNullElse(JsonFields.text(block, "type"), "");
    if (type.equals("tool_use")) {
      blocks.add(call(block, path));
      return;
    }
    addPending();
    switch (type) {
      case "text" -> {
        unmapped.dropped(block, path, "citations");
        addText(text(block, "text"), cacheMark(block));
      }
      case "image" -> blocks.add(media(MediaKind.IMAGE, block, path));
      case "document" -> addDocument(block, path);
      case "search_result" -> addSearchResult(block);
      case "tool_result" -> blocks.add(result(block, path));
      case "tool_reference" -> addText(text(block, "tool_name"), null);
      case "thinking" -> addThinking(block, path);
      case "redacted_thinking" -> blocks.add(thinking("", text(block, "data"), path));
      case "compaction" -> {
        unmapped.dropped(block, path, "encrypted_content");
        addText(text(block, "content"), cacheMark(block));
      }
      case "tool_addition", "tool_removal", "fallback" -> {} // Read with the tools, or of no use.
      default ->
          blocks.add(new ContentBlock.Opaque(WireFormat.MESSAGES, block.raw(), path + ".type"));
    }
  }

  private void addText(String text, @Nullable CacheMark mark) {
    blocks.add(new ContentBlock.Text(text, mark));
  }

  private void addThinking(JsonValue block, String path) {
    ContentBlock.Thinking thinking =
        thinking(text(block, "thinking"), text(block, "signature"), path);
    Signature signature = thinking.signature();
    boolean isOfCall =
        thinking.text().isEmpty()
            && signature != null
            && !signature.issuer().equals(WireFormat.MESSAGES);
    if (isOfCall) {
      pending = thinking;
    } else {
      blocks.add(thinking);
    }
  }

  private void addPending() {
    if (pending != null) {
      blocks.add(pending);
      pending = null;
    }
  }

  private static ContentBlock.Thinking thinking(String text, String signature, String path) {
    return new ContentBlock.Thinking(
        text,
        signature.isEmpty() ? null : SignatureEnvelope.unwrap(signature, WireFormat.MESSAGES),
        path);
  }

  private ContentBlock call(JsonValue block, String path) {
    unmapped.dropped(block, path, "caller", "toolset_name");
    Signature signature = pending == null ? null : pending.signature();
    pending = null;
    JsonValue input = JsonFields.value(block, "input");
    return new ContentBlock.ToolCall(
        text(block, "id"),
        text(block, "name"),
        input == null ? "{}" : input.raw(),
        signature,
        cacheMark(block));
  }

  private ContentBlock result(JsonValue block, String path) {
    return new ContentBlock.ToolResult(
        text(block, "tool_use_id"),
        new BlockReader(unmapped).content(block, "content", path + "."),
        JsonFields.isTrue(block, "is_error"),
        cacheMark(block));
  }

  /** A document of text is text behind a line with its title. */
  private void addDocument(JsonValue block, String path) {
    if (JsonFields.isTrue(JsonFields.object(block, "citations"), "enabled")) {
      unmapped.dropped(path + ".citations");
    }
    JsonValue source = JsonFields.object(block, "source");
    String type = JsonFields.text(source, "type");
    String heading = lines(text(block, "title"), text(block, "context"));
    CacheMark mark = cacheMark(block);
    if (source != null && "text".equals(type)) {
      addText(lines(heading, text(source, "data")), mark);
    } else if (source != null && "content".equals(type)) {
      if (!heading.isEmpty()) {
        addText(heading, null);
      }
      blocks.addAll(new BlockReader(unmapped).content(source, "content", path + ".source."));
      markLast(mark);
    } else {
      blocks.add(media(MediaKind.FILE, block, path));
    }
  }

  private void addSearchResult(JsonValue block) {
    StringBuilder all = new StringBuilder(lines(text(block, "title"), text(block, "source")));
    for (JsonValue part : JsonFields.array(block, "content")) {
      all.append('\n').append(text(part, "text"));
    }
    addText(all.toString().strip(), cacheMark(block));
  }

  /** Puts a breakpoint behind the last block if that is text without one. */
  private void markLast(@Nullable CacheMark mark) {
    if (mark != null
        && !blocks.isEmpty()
        && blocks.getLast() instanceof ContentBlock.Text text
        && text.cacheMark() == null) {
      blocks.set(blocks.size() - 1, new ContentBlock.Text(text.text(), mark));
    }
  }

  private static ContentBlock media(MediaKind kind, JsonValue block, String path) {
    JsonValue source = JsonFields.object(block, "source");
    String mediaType = JsonFields.text(source, "media_type");
    MediaSource read =
        switch (Objects.requireNonNullElse(JsonFields.text(source, "type"), "")) {
          case "url" -> new MediaSource.Url(text(source, "url"));
          case "file" -> new MediaSource.Stored(text(source, "file_id"));
          default ->
              new MediaSource.Data(
                  mediaType == null ? null : mediaType.toLowerCase(Locale.ROOT),
                  text(source, "data"));
        };
    String name = JsonFields.text(block, "title");
    return new ContentBlock.Media(kind, read, name, path + ".source", cacheMark(block));
  }

  private static String lines(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "\n" + second;
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
