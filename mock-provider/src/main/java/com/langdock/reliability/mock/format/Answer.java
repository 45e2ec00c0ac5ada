package com.langdock.reliability.mock.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of the model: a text or a tool call. */
public sealed interface Answer {
  /** Tokens of the answer. */
  int outputTokens();

  /** What a stream delivers one by one; together it is the whole, and none is empty. */
  List<String> pieces();

  /**
   * A text.
   *
   * @param chunks how many pieces it has; null for one a word
   * @param cutShort whether the limit of tokens ended it
   */
  record Text(String whole, @Nullable Integer chunks, boolean cutShort) implements Answer {
    @Override
    public List<String> pieces() {
      return chunks == null ? Pieces.words(whole) : Pieces.even(whole, chunks);
    }

    @Override
    public int outputTokens() {
      return Tokens.in(whole);
    }
  }

  /**
   * One call of one tool.
   *
   * @param arguments a JSON object
   * @param chunks how many pieces the arguments have
   */
  record ToolCall(String name, String arguments, int chunks) implements Answer {
    @Override
    public List<String> pieces() {
      return Pieces.even(arguments, chunks);
    }

    @Override
    public int outputTokens() {
      return Tokens.in(name) + Tokens.in(arguments);
    }
  }
}
