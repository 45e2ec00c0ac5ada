package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a neutral answer as a chat completion. Thinking goes into {@code reasoning_content}, the
 * field that most reasoning providers use, never into {@code content}.
 *
 * <p>Text stays as the pieces have it: escaped, and without quotes until it is written.
 */
final class ChatAnswer {
  private static final String NULL = "null";

  /** A tool call. Its arguments may arrive in pieces. */
  private record Call(Piece.Block.Call block, StringBuilder arguments) {
    static Call of(Piece.Block.Call block) {
      StringBuilder arguments = new StringBuilder();
      append(arguments, JsonText.quote(block.arguments()));
      return new Call(block, arguments);
    }

    String function() {
      String json = arguments.isEmpty() ? "\"{}\"" : literal(arguments);
      return "{\"name\":" + JsonText.quote(block.name()) + ",\"arguments\":" + json + "}";
    }

    String tool() {
      return "{\"id\":"
          + JsonText.quote(block.id())
          + ",\"type\":\"function\""
          + CallSignature.json(block.signature())
          + ",\"function\":"
          + function()
          + "}";
    }
  }

  private final boolean legacy;
  private final TokenReport tokens;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private Piece.Started started = new Piece.Started("", "", 0);
  private Piece.Finished finished = new Piece.Finished(FinishReason.STOP, null);

  /**
   * The answer in this format.
   *
   * @param legacy whether the client uses the deprecated {@code functions}
   */
  ChatAnswer(WholeAnswer.Neutral answer, boolean legacy) {
    this.legacy = legacy;
    this.tokens = answer.tokens();
    answer.pieces().forEach(this::add);
  }

  private void add(Piece piece) {
    switch (piece) {
      case Piece.Started first -> started = first;
      case Piece.Opened(Piece.Block.Call call) -> calls.add(Call.of(call));
      case Piece.Text more -> append(text, more.literal());
      case Piece.Thinking more -> append(reasoning, more.literal());
      case Piece.Arguments more when !calls.isEmpty() ->
          append(calls.getLast().arguments(), more.literal());
      case Piece.Finished last -> finished = last;
      case Piece.Opened opened -> {}
      case Piece.Arguments withoutCall -> {}
      case Piece.Closed closed -> {}
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Raw raw -> {}
      case Piece.Event event -> {}
      case Piece.Signed signed -> {}
    }
  }

  private static void append(StringBuilder to, String literal) {
    to.append(literal, 1, literal.length() - 1);
  }

  private static String literal(StringBuilder escaped) {
    return "\"" + escaped + "\"";
  }

  /**
   * The answer's JSON.
   *
   * @param fields more fields of the object, with a comma before each; empty if none
   */
  String json(String fields) {
    return "{\"id\":"
        + JsonText.quote(started.id())
        + ",\"object\":\"chat.completion\",\"created\":"
        + started.createdSeconds()
        + ",\"model\":"
        + JsonText.quote(started.model())
        + ",\"choices\":[{\"index\":0,\"message\":"
        + message()
        + ",\"logprobs\":null,\"finish_reason\":"
        + JsonText.quote(ChatNames.of(finished.reason(), legacy))
        + "}],\"usage\":"
        + UsageJson.of(tokens)
        + fields
        + "}";
  }

  private String message() {
    String refusal = finished.refusal() == null ? NULL : JsonText.quote(finished.refusal());
    String thinking = reasoning.isEmpty() ? "" : ",\"reasoning_content\":" + literal(reasoning);
    return "{\"role\":\"assistant\",\"content\":"
        + content()
        + ",\"refusal\":"
        + refusal
        + thinking
        + calls()
        + "}";
  }

  private String calls() {
    if (calls.isEmpty()) {
      return "";
    }
    return legacy
        ? ",\"function_call\":" + calls.getFirst().function()
        : ",\"tool_calls\":"
            + calls.stream().map(Call::tool).collect(Collectors.joining(",", "[", "]"));
  }

  /** The text as JSON: a string or {@code null}. */
  String content() {
    boolean hasNoText = text.isEmpty() && (finished.refusal() != null || !calls.isEmpty());
    return hasNoText ? NULL : literal(text);
  }
}
