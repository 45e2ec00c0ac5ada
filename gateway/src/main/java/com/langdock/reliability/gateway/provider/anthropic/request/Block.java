package com.langdock.reliability.gateway.provider.anthropic.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A content block of a request. */
sealed interface Block {
  /** Writes it as a JSON object. */
  void write(JsonGenerator out);

  /**
   * Text that is not blank: blank text is refused.
   *
   * @param cacheControl JSON, null when the client set none
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
  }

  /**
   * An image or a document.
   *
   * @param title a document's file name, null when it has none
   * @param cacheControl JSON, null when the client set none
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
  }

  /**
   * A call that the model made.
   *
   * @param input a JSON object
   */
  record ToolUse(String id, String name, String input) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "tool_use");
      out.writeStringProperty("id", id);
      out.writeStringProperty("name", name);
      Block.writeRaw(out, "input", input);
      out.writeEndObject();
    }
  }

  /** What a call returned; no content when that was nothing. */
  record ToolResult(String toolUseId, List<Block> content) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "tool_result");
      out.writeStringProperty("tool_use_id", toolUseId);
      if (!content.isEmpty()) {
        Block.writeAll(out, "content", content);
      }
      out.writeEndObject();
    }
  }

  /** Writes the field {@code name} with an array of {@code blocks}. */
  static void writeAll(JsonGenerator out, String name, List<Block> blocks) {
    out.writeName(name);
    out.writeStartArray();
    blocks.forEach(block -> block.write(out));
    out.writeEndArray();
  }

  /** Writes the field {@code name} with {@code json} as it is, nothing when that is null. */
  static void writeRaw(JsonGenerator out, String name, @Nullable String json) {
    if (json != null) {
      out.writeName(name);
      out.writeRawValue(json);
    }
  }
}
