package com.langdock.reliability.translation;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * What somebody who reads an answer has in the end, the same for every API.
 *
 * @param calls names and arguments of tool calls
 * @param finish in the words of the chat API
 * @param input tokens, cached ones included; -1 if nothing is said of usage
 */
record SeenAnswer(
    String text, String thinking, List<Call> calls, String finish, long input, long output) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A tool call; the arguments are compared as JSON, unless a limit cut them. */
  record Call(String name, JsonNode arguments) {
    static Call of(String name, String arguments) {
      try {
        return new Call(name, JSON.readTree(arguments.isBlank() ? "{}" : arguments));
      } catch (JacksonException cut) {
        return new Call(name, StringNode.valueOf(arguments));
      }
    }
  }

  /** Without what a provider left out: its usage, or why it stopped. */
  SeenAnswer comparedWith(SeenAnswer source) {
    boolean counted = source.input > 0;
    return new SeenAnswer(
        source.isRefusal() ? "" : text,
        thinking,
        calls,
        source.finish.isEmpty() ? "" : finish,
        counted ? input : source.input,
        counted ? output : source.output);
  }

  /** A client that cannot be told why a model refused may get that as text. */
  private boolean isRefusal() {
    return finish.equals("content_filter") && text.isEmpty();
  }

  /** Collects an answer. */
  static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private String finish = "";
    private long input = -1;
    private long output = -1;

    void text(String more) {
      text.append(more);
    }

    void thinking(String more) {
      thinking.append(more);
    }

    void call(String name, String arguments) {
      calls.add(Call.of(name, arguments));
    }

    void finish(String reason) {
      finish = reason.isEmpty() ? finish : reason;
    }

    /** Takes the largest counts. */
    void usage(long in, long out) {
      input = Math.max(input, in);
      output = Math.max(output, out);
    }

    SeenAnswer build() {
      return new SeenAnswer(
          text.toString(), thinking.toString(), List.copyOf(calls), finish, input, output);
    }
  }
}
