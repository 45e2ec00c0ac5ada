package com.langdock.reliability.gateway.provider.anthropic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A content block of a request. */
sealed interface Block {
  /** Writes the block as a JSON object. */
  void write(JsonGenerator out);

  /** The prompt cache breakpoint after the block, as JSON; null if none. */
  @Nullable String cacheControl();

  /** A copy with another breakpoint, or none if {@code mark} is null. */
  Block marked(@Nullable String mark);

  /**
   * Text. Must not be blank, since Anthropic rejects blank text.
   *
   * @param cacheControl JSON, null if the client set none
   */
  record Text(String text, @Nullable String cacheControl) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "text");
      out.writeStringProperty("text", text);
      Block.writeRaw(out, "cache_control", cacheControl);
      out.writeEndObject();
    }

    @Override
    public Block marked(@Nullable String mark) {
      return new Text(text, mark);
    }
  }

  /**
   * An image or a document.
   *
   * @param title a document's file name; null if it has none
   * @param cacheControl JSON, null if the client set none
   */
  record Attachment(Media media, @Nullable String title, @Nullable String cacheControl)
      implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", media.isImage() ? "image" : "document");
      out.writeName("source");
      media.writeSource(out);
      if (title != null) {
        out.writeStringProperty("title", title);
      }
      Block.writeRaw(out, "cache_control", cacheControl);
      out.writeEndObject();
    }

    @Override
    public Block marked(@Nullable String mark) {
      return new Attachment(media, title, mark);
    }
  }

  /**
   * Thinking that this API signed. It must be sent as it was received, and cannot carry a
   * breakpoint.
   *
   * @param text may be empty
   */
  record Thinking(String text, String signature) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "thinking");
      out.writeStringProperty("thinking", text);
      out.writeStringProperty("signature", signature);
      out.writeEndObject();
    }

    @Override
    public @Nullable String cacheControl() {
      return null;
    }

    @Override
    public Block marked(@Nullable String mark) {
      return this;
    }
  }

  /**
   * A tool call of the model.
   *
   * @param input a JSON object
   * @param cacheControl JSON, null if the client set none
   */
  record ToolUse(String id, String name, String input, @Nullable String cacheControl)
      implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "tool_use");
      out.writeStringProperty("id", id);
      out.writeStringProperty("name", name);
      Block.writeRaw(out, "input", input);
      Block.writeRaw(out, "cache_control", cacheControl);
      out.writeEndObject();
    }

    @Override
    public Block marked(@Nullable String mark) {
      return new ToolUse(id, name, input, mark);
    }
  }

  /**
   * The result of a tool call. The content is empty if the tool returned nothing.
   *
   * @param failed whether the tool reports a failure
   * @param cacheControl JSON, null if the client set none: Anthropic rejects a mark inside the
   *     content
   */
  record ToolResult(
      String toolUseId, List<Block> content, boolean failed, @Nullable String cacheControl)
      implements Block {
    /** A result with {@code content}. The last mark in the content becomes the result's mark. */
    static ToolResult of(String toolUseId, List<Block> content, boolean failed) {
      String mark = null;
      List<Block> unmarked = new ArrayList<>(content.size());
      for (Block block : content) {
        mark = block.cacheControl() == null ? mark : block.cacheControl();
        unmarked.add(block.cacheControl() == null ? block : block.marked(null));
      }
      return new ToolResult(toolUseId, unmarked, failed, mark);
    }

    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "tool_result");
      out.writeStringProperty("tool_use_id", toolUseId);
      if (!content.isEmpty()) {
        Block.writeAll(out, "content", content);
      }
      if (failed) {
        out.writeBooleanProperty("is_error", true);
      }
      Block.writeRaw(out, "cache_control", cacheControl);
      out.writeEndObject();
    }

    @Override
    public ToolResult marked(@Nullable String mark) {
      return new ToolResult(toolUseId, content, failed, mark);
    }
  }

  /** Writes the field {@code name} with an array of {@code blocks}. */
  static void writeAll(JsonGenerator out, String name, List<Block> blocks) {
    out.writeName(name);
    out.writeStartArray();
    blocks.forEach(block -> block.write(out));
    out.writeEndArray();
  }

  /** Writes the field {@code name} with the raw {@code json}; writes nothing if it is null. */
  static void writeRaw(JsonGenerator out, String name, @Nullable String json) {
    if (json != null) {
      out.writeName(name);
      out.writeRawValue(json);
    }
  }
}
