package com.langdock.reliability.gateway.provider.bedrock;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A content block of a turn or of the system prompt. */
sealed interface Block {
  /** Writes the block as a JSON object. */
  void write(JsonGenerator out);

  /** Text; not blank. */
  record Text(String text) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("text", text);
      out.writeEndObject();
    }
  }

  /**
   * An image or a document.
   *
   * @param name of a document
   */
  record Attachment(Media media, String name) implements Block {
    @Override
    public void write(JsonGenerator out) {
      media.write(out, name);
    }
  }

  /**
   * A call of the model.
   *
   * @param input a JSON object
   */
  record ToolUse(String id, String name, String input) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("toolUse");
      out.writeStartObject();
      out.writeStringProperty("toolUseId", id);
      out.writeStringProperty("name", name);
      out.writeName("input");
      out.writeRawValue(input);
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /**
   * The result of a call.
   *
   * @param content not empty
   */
  record ToolResult(String id, List<Block> content, boolean failed) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("toolResult");
      out.writeStartObject();
      out.writeStringProperty("toolUseId", id);
      writeAll(out, "content", content);
      if (failed) {
        out.writeStringProperty("status", "error");
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** Thinking that Anthropic signed. */
  record Thinking(String text, String signature) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("reasoningContent");
      out.writeStartObject();
      out.writeName("reasoningText");
      out.writeStartObject();
      out.writeStringProperty("text", text);
      out.writeStringProperty("signature", signature);
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /**
   * A breakpoint of the prompt cache after the block before it.
   *
   * @param ttl how long the provider keeps the prompt; null for the usual time
   */
  record CachePoint(@Nullable String ttl) implements Block {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("cachePoint");
      out.writeStartObject();
      out.writeStringProperty("type", "default");
      if (ttl != null) {
        out.writeStringProperty("ttl", ttl);
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** Writes a field with a list of blocks. */
  static void writeAll(JsonGenerator out, String name, List<Block> blocks) {
    out.writeName(name);
    out.writeStartArray();
    blocks.forEach(block -> block.write(out));
    out.writeEndArray();
  }
}
