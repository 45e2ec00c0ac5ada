package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import org.jspecify.annotations.Nullable;

/** What one event of a provider's stream means. */
public sealed interface StreamPart {
  /** An event that says nothing to a client, such as a ping. */
  StreamPart NOTHING = new Nothing();

  /** An event that tells only that the model thinks. */
  StreamPart THINKS = new Thinks();

  /**
   * A part of the answer; its bytes are handed on, never compared.
   *
   * @param json an OpenAI {@code chat.completion.chunk} without usage
   * @param text what it adds to the text of the first choice
   * @param content what a client sees of it
   * @param finished how many choices it ends
   * @param tokens null unless the event also says what was used
   */
  record Chunk(byte[] json, String text, Content content, int finished, @Nullable Tokens tokens)
      implements StreamPart {}

  /** What a client sees of a chunk, the lesser kinds first. */
  enum Content {
    /** Nothing: a role, or a finish reason. */
    NONE,
    /** The model's thinking: another target can go on from the text before it. */
    THINKING,
    /** Text: another target can go on from it. */
    TEXT,
    /** A tool call, a refusal, an image, sound, probabilities: nobody else can go on from it. */
    OTHER
  }

  /**
   * What the stream has cost so far; a later one replaces it.
   *
   * @param json OpenAI's {@code usage} object
   */
  record Tokens(Usage usage, String json) implements StreamPart {}

  /** The provider's own protocol says that nothing follows. */
  record End() implements StreamPart {}

  /** The provider says that the stream failed, or what it said cannot be read. */
  record Failed(Failure failure) implements StreamPart {}

  /** Nothing for the client. */
  record Nothing() implements StreamPart {}

  /** Nothing for the client, but the model has begun to think. */
  record Thinks() implements StreamPart {}
}
