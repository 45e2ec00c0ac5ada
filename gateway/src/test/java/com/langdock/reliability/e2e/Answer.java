package com.langdock.reliability.e2e;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An answer as a client understood it, whether it came whole or as a stream.
 *
 * @param message what the client sends back in its next request
 * @param finish in the words of the client's API
 * @param comments of a stream
 */
public record Answer(
    String id,
    JsonNode message,
    String text,
    String thinking,
    List<Call> calls,
    String finish,
    Tokens tokens,
    List<String> comments) {
  /** A tool call; its arguments are a JSON object. */
  public record Call(String id, String name, JsonNode arguments) {}

  /** The tokens of the prompt, those of a cache included, and of the answer with its thinking. */
  public record Tokens(long input, long output) {
    Tokens plus(Tokens other) {
      return new Tokens(input + other.input, output + other.output);
    }
  }
}
