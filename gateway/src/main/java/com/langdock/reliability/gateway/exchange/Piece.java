package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer. {@link PieceReader} produces pieces; {@link ClientWriter} consumes them.
 *
 * <p>A target of the client's format produces {@link Raw} or {@link Event} pieces: unchanged events
 * with the facts that the engine needs. Any other target produces the neutral kinds in this order:
 * started, then blocks (opened, content, closed), then finished, then ended. Blocks do not overlap.
 * Usage may come at any time. A neutral answer has one choice.
 */
public sealed interface Piece {
  /**
   * The kind of content in a piece, in ascending order: a chunk with several kinds has the highest.
   */
  enum Content {
    /** No content: a role or a finish reason. */
    NONE,
    /** Thinking. Another target can continue from the text before it. */
    THINKING,
    /** Text. Another target can continue from it. */
    TEXT,
    /** A tool call, a refusal, an image, audio or log probabilities. No target can continue it. */
    OTHER
  }

  /** The kind of content. */
  default Content content() {
    return Content.NONE;
  }

  /** The text that it appends to the first choice. */
  default String text() {
    return "";
  }

  /** The number of choices that it finishes. */
  default int finishes() {
    return 0;
  }

  /** Whether it only shows that the model is thinking. */
  default boolean isThinking() {
    return false;
  }

  /** Whether the answer begins with it. */
  default boolean isStart() {
    return false;
  }

  /** The usage that it reports beside its content; null if none. */
  default @Nullable TokenReport reported() {
    return null;
  }

  /**
   * An event in the client's format. Equality is not used, so the bytes may be an array.
   *
   * @param bytes the event's data, without usage
   * @param tokens the usage that the event reports; null if none
   */
  record Raw(byte[] bytes, String text, Content content, int finishes, @Nullable TokenReport tokens)
      implements Piece {
    @Override
    public @Nullable TokenReport reported() {
      return tokens;
    }
  }

  /**
   * A named event in the client's format. Unlike {@link Raw} it has at most one meaning, so that a
   * writer knows what the client has. Equality is not used, so the bytes may be an array.
   *
   * @param name such as {@code content_block_delta}
   * @param bytes the event's data
   * @param block the number of the block that the event names; {@value #NO_BLOCK} if none
   * @param meaning the same in neutral form; null if it has none
   * @param tokens the usage that the event reports; null if none
   */
  record Event(
      String name, byte[] bytes, int block, @Nullable Piece meaning, @Nullable TokenReport tokens)
      implements Piece {
    /** The block of an event that names none. */
    public static final int NO_BLOCK = -1;

    @Override
    public Content content() {
      return meaning == null ? Content.NONE : meaning.content();
    }

    @Override
    public String text() {
      return meaning == null ? "" : meaning.text();
    }

    @Override
    public int finishes() {
      return meaning == null ? 0 : meaning.finishes();
    }

    @Override
    public boolean isThinking() {
      return meaning != null && meaning.isThinking();
    }

    @Override
    public boolean isStart() {
      return meaning != null && meaning.isStart();
    }

    @Override
    public @Nullable TokenReport reported() {
      return tokens;
    }
  }

  /**
   * The answer began.
   *
   * @param model the model's name as the client knows it
   * @param createdSeconds since 1970
   */
  record Started(String id, String model, long createdSeconds) implements Piece {
    @Override
    public boolean isStart() {
      return true;
    }
  }

  /** A block begins. */
  record Opened(Block block) implements Piece {
    @Override
    public Content content() {
      return switch (block) {
        case Block.Call call -> Content.OTHER;
        case Block.Opaque opaque -> Content.OTHER;
        case Block.Text text -> Content.NONE;
        case Block.Thinking thinking -> Content.NONE;
      };
    }

    @Override
    public boolean isThinking() {
      return block instanceof Block.Thinking;
    }
  }

  /** The type of a block. */
  sealed interface Block {
    /** Text. */
    record Text() implements Block {}

    /** Thinking. If it is redacted, no content follows. */
    record Thinking() implements Block {}

    /**
     * A call to one of the client's tools.
     *
     * @param arguments a JSON object; empty if {@link Arguments} pieces follow
     * @param signature proves to its issuer that the model made the call; null if there is none
     */
    record Call(
        String id, String name, String arguments, ContentBlock.@Nullable Signature signature)
        implements Block {
      /** A call without a signature. */
      public Call(String id, String name, String arguments) {
        this(id, name, arguments, null);
      }
    }

    /** A block of a type that only one format has. Its content is in {@link Event} pieces only. */
    record Opaque() implements Block {}
  }

  /**
   * More text.
   *
   * @param literal the text as a JSON string
   */
  record Text(String text, String literal) implements Piece {
    /** A piece of {@code text}. */
    public static Text of(String text) {
      return new Text(text, JsonText.quote(text));
    }

    @Override
    public Content content() {
      return Content.TEXT;
    }
  }

  /**
   * More thinking.
   *
   * @param literal as a JSON string
   */
  record Thinking(String literal) implements Piece {
    @Override
    public Content content() {
      return Content.THINKING;
    }
  }

  /** The signature of the open thinking block; its last piece. */
  record Signed(ContentBlock.Signature signature) implements Piece {
    @Override
    public boolean isThinking() {
      return true;
    }
  }

  /**
   * More arguments of a tool call.
   *
   * @param literal a part of the arguments, as a JSON string
   */
  record Arguments(String literal) implements Piece {
    @Override
    public Content content() {
      return Content.OTHER;
    }
  }

  /** The block is complete. */
  record Closed() implements Piece {}

  /**
   * The model stopped.
   *
   * @param refusal the reason for refusing to answer; null if it did not refuse
   */
  record Finished(FinishReason reason, @Nullable String refusal) implements Piece {
    @Override
    public Content content() {
      return refusal == null ? Content.NONE : Content.OTHER;
    }

    @Override
    public int finishes() {
      return 1;
    }
  }

  /** The usage so far. Of several reports the largest counts. */
  record Used(TokenReport tokens) implements Piece {}

  /** The stream is complete according to the provider's protocol. */
  record Ended() implements Piece {}

  /** The provider reported a failure, or an event could not be read. */
  record Failed(Failure failure) implements Piece {}
}
