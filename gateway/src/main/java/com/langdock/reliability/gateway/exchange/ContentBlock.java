package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message. Blocks that some formats cannot express carry the path of the client's
 * field, for error messages.
 */
public sealed interface ContentBlock {
  /** The prompt cache breakpoint after the block; null if none. */
  default @Nullable CacheMark cacheMark() {
    return null;
  }

  /** The same block without its signature, if it has one. */
  default ContentBlock withoutSignature() {
    return this;
  }

  /** Text; may be blank. */
  record Text(String text, @Nullable CacheMark cacheMark) implements ContentBlock {}

  /** The text with which the model refused to answer. */
  record Refusal(String text, @Nullable CacheMark cacheMark) implements ContentBlock {}

  /**
   * An image, a file or an audio recording.
   *
   * @param name the file name; null if none
   */
  record Media(
      MediaKind kind,
      MediaSource source,
      @Nullable String name,
      String path,
      @Nullable CacheMark cacheMark)
      implements ContentBlock {}

  /** The kind of media that the client declared. */
  enum MediaKind {
    /** An image. */
    IMAGE,
    /** A document. */
    FILE,
    /** An audio recording. */
    AUDIO
  }

  /**
   * A call to one of the client's tools.
   *
   * @param id the client's id; may be empty or not unique
   * @param arguments normally a JSON object; may be invalid, since a model wrote it
   * @param signature proves to its issuer that the model made the call; null if there is none
   */
  record ToolCall(
      String id,
      String name,
      String arguments,
      @Nullable Signature signature,
      @Nullable CacheMark cacheMark)
      implements ContentBlock {
    @Override
    public ContentBlock withoutSignature() {
      return new ToolCall(id, name, arguments, null, cacheMark);
    }
  }

  /**
   * The result of a tool call.
   *
   * @param callId the id of the call
   * @param blocks empty if the tool returned nothing
   * @param failed whether the tool reports a failure
   */
  record ToolResult(
      String callId, List<ContentBlock> blocks, boolean failed, @Nullable CacheMark cacheMark)
      implements ContentBlock {}

  /**
   * The model's thinking before its next block.
   *
   * @param signature null if the client sent none
   */
  record Thinking(String text, @Nullable Signature signature, String path) implements ContentBlock {
    @Override
    public ContentBlock withoutSignature() {
      return new Thinking(text, null, path);
    }
  }

  /**
   * Proves that thinking or a call is unchanged. Only the issuer can verify it.
   *
   * @param issuer the format of the provider that created it
   */
  record Signature(WireFormat issuer, String value) {}

  /**
   * A block of a type that only one format has.
   *
   * @param json the block as the client sent it
   */
  record Opaque(WireFormat format, String json, String path) implements ContentBlock {}
}
