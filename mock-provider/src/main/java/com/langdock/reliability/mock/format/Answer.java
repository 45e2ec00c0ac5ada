package com.langdock.reliability.mock.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the model.
 *
 * @param parts thinking, if any; then a text or tool calls; nothing when the prompt was blocked
 */
public record Answer(List<Part> parts, Finish finish) {
  /** The answer to a prompt that the provider blocks. */
  public static final Answer BLOCKED = new Answer(List.of(), Finish.BLOCKED);

  /** Why the answer ended. */
  public enum Finish {
    /** It is whole. */
    STOP,
    /** The limit of tokens ended it. */
    LENGTH,
    /** It ends in tool calls. */
    TOOL_CALLS,
    /** The provider blocked it. */
    BLOCKED
  }

  /** Tokens of all parts, thinking included. */
  public int outputTokens() {
    return parts.stream().mapToInt(Part::tokens).sum();
  }

  /** Tokens of the thinking. */
  public int thinkingTokens() {
    return parts.stream().mapToInt(part -> part instanceof Thinking ? part.tokens() : 0).sum();
  }

  /** The text; empty when there is none. */
  public String text() {
    return parts.stream()
        .map(part -> part instanceof Text text ? text.whole() : "")
        .reduce("", String::concat);
  }

  /** The tool calls, in order. */
  public List<ToolCall> toolCalls() {
    return parts.stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast).toList();
  }

  /** A part of an answer. */
  public sealed interface Part {
    /** Tokens of the part. */
    int tokens();

    /** What a stream delivers one by one; together it is the whole, and none is empty. */
    List<String> pieces();
  }

  /**
   * What the model thought.
   *
   * @param shown whether the client is to see it
   */
  public record Thinking(String whole, boolean shown) implements Part {
    @Override
    public List<String> pieces() {
      return shown ? Pieces.words(whole) : List.of();
    }

    @Override
    public int tokens() {
      return Tokens.in(whole);
    }
  }

  /**
   * A text.
   *
   * @param chunks how many pieces it has; null for one a word
   */
  public record Text(String whole, @Nullable Integer chunks) implements Part {
    @Override
    public List<String> pieces() {
      return chunks == null ? Pieces.words(whole) : Pieces.even(whole, chunks);
    }

    @Override
    public int tokens() {
      return Tokens.in(whole);
    }
  }

  /**
   * One call of one tool.
   *
   * @param index counts the calls of the answer from 0
   * @param arguments a JSON object
   * @param chunks how many pieces the arguments have
   */
  public record ToolCall(int index, String name, String arguments, int chunks) implements Part {
    @Override
    public List<String> pieces() {
      return Pieces.even(arguments, chunks);
    }

    @Override
    public int tokens() {
      return Tokens.in(name) + Tokens.in(arguments);
    }
  }
}
