package com.langdock.reliability.mock.format;

import java.util.List;

/** What the model says: a text or a tool call. */
public sealed interface Answer {
  /** Tokens of the answer. */
  int outputTokens();

  /**
   * A text.
   *
   * @param pieces the text as a stream delivers it; no piece is empty
   * @param cutShort whether the limit of tokens ended it
   */
  record Text(List<String> pieces, boolean cutShort) implements Answer {
    /** The pieces together. */
    public String whole() {
      return String.join("", pieces);
    }

    @Override
    public int outputTokens() {
      return Tokens.in(whole());
    }
  }

  /**
   * One call of one tool.
   *
   * @param pieces the arguments, a JSON object, as a stream delivers them
   */
  record ToolCall(String name, List<String> pieces) implements Answer {
    /** The pieces together. */
    public String arguments() {
      return String.join("", pieces);
    }

    @Override
    public int outputTokens() {
      return Tokens.in(name + arguments());
    }
  }
}
