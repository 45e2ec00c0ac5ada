package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message. Blocks that a format may be unable to express have the path of the client's
 * field, which errors name.
 */
public sealed interface ContentBlock {
  /** The breakpoint of the prompt cache after the block, null for none. */
  default @Nullable CacheMark cacheMark() {
    return null;
  }

  /** Text; may be blank. */
  record Text(String text, @Nullable CacheMark cacheMark) implements ContentBlock {}

  /** What the model said instead of an answer. */
  record Refusal(String text, @Nullable CacheMark cacheMark) implements ContentBlock {}

  /**
   * An image, a file or a recording.
   *
   * @param name a file's name, null when it has none
   */
  record Media(
      MediaKind kind,
      MediaSource source,
      @Nullable String name,
      String path,
      @Nullable CacheMark cacheMark)
      implements ContentBlock {}

  /** How the client declares media. */
  enum MediaKind {
    /** An image. */
    IMAGE,
    /** A document. */
    FILE,
    /** A recording. */
    AUDIO
  }

  /**
   * A call of one of the client's tools.
   *
   * @param id as the client knows it; may be empty or repeated
   * @param arguments normally a JSON object, but whatever some model once wrote
   */
  record ToolCall(String id, String name, String arguments, @Nullable CacheMark cacheMark)
      implements ContentBlock {}

  /**
   * What a call returned.
   *
   * @param callId the id of the call
   * @param blocks empty when it returned nothing
   * @param failed whether the tool reports a failure
   */
  record ToolResult(
      String callId, List<ContentBlock> blocks, boolean failed, @Nullable CacheMark cacheMark)
      implements ContentBlock {}

  /**
   * What the model thought before it went on.
   *
   * @param signature null when the client has none
   */
  record Thinking(String text, @Nullable Signature signature, String path)
      implements ContentBlock {}

  /**
   * Proof that thinking is unchanged, which only its issuer can verify.
   *
   * @param issuer the format of the provider that signed
   */
  record Signature(WireFormat issuer, String value) {}

  /**
   * A block of a type that only one format has.
   *
   * @param json the block as the client sent it
   */
  record Opaque(WireFormat format, String json, String path) implements ContentBlock {}
}
