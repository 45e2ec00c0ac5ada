package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer, as a provider's reader gives it and a client's writer takes it.
 *
 * <p>A target that speaks the client's format gives {@link Raw} pieces: events that pass untouched,
 * with what the engine must know of them. Any other target gives the neutral kinds, in this order:
 * started, then blocks (opened, content, closed), then finished, then ended; usage may come at any
 * time. A neutral answer has one choice.
 */
public sealed interface Piece {
  /** What a client sees of a piece, the lesser kinds first. */
  enum Content {
    /** Nothing: a role, or a finish reason. */
    NONE,
    /** The model's thinking: another target can continue from the text before it. */
    THINKING,
    /** Text: another target can continue from it. */
    TEXT,
    /** A tool call, a refusal, an image, sound, probabilities: nobody else can continue from it. */
    OTHER
  }

  /** What a client sees of it. */
  default Content content() {
    return Content.NONE;
  }

  /** What it adds to the text of the first choice. */
  default String text() {
    return "";
  }

  /** How many choices it ends. */
  default int finishes() {
    return 0;
  }

  /** Whether it only tells that the model thinks. */
  default boolean isThinking() {
    return false;
  }

  /**
   * An event in the client's own format; its bytes are passed on, never compared.
   *
   * @param bytes the event's data, without usage
   * @param tokens null unless the event also reports usage
   */
  record Raw(byte[] bytes, String text, Content content, int finishes, @Nullable TokenReport tokens)
      implements Piece {}

  /**
   * The answer began.
   *
   * @param model the model's name as the client knows it
   * @param createdSeconds since 1970
   */
  record Started(String id, String model, long createdSeconds) implements Piece {}

  /** A block of the answer began. */
  record Opened(Block block) implements Piece {
    @Override
    public Content content() {
      return block instanceof Block.Call ? Content.OTHER : Content.NONE;
    }

    @Override
    public boolean isThinking() {
      return block instanceof Block.Thinking;
    }
  }

  /** What a block holds. */
  sealed interface Block {
    /** Text. */
    record Text() implements Block {}

    /** Thinking, which may be hidden: then no content follows. */
    record Thinking() implements Block {}

    /**
     * A call of one of the client's tools.
     *
     * @param arguments a JSON object, empty when it follows in pieces
     */
    record Call(String id, String name, String arguments) implements Block {}
  }

  /**
   * More text.
   *
   * @param literal the same as a JSON string
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
   * More of what the model thinks.
   *
   * @param literal as a JSON string
   */
  record Thinking(String literal) implements Piece {
    @Override
    public Content content() {
      return Content.THINKING;
    }
  }

  /**
   * More of a call's arguments.
   *
   * @param literal a part of the arguments' JSON, as a JSON string
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
   * @param refusal why it refused to answer, null when it did not
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

  /** What the answer has used so far; of several reports the largest counts. */
  record Used(TokenReport tokens) implements Piece {}

  /** The provider's own protocol says that nothing follows. */
  record Ended() implements Piece {}

  /** The provider says that the answer failed, or what it sent cannot be read. */
  record Failed(Failure failure) implements Piece {}
}
