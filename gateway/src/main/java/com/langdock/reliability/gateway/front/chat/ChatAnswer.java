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

  /** About the length of an answer without its text. */
  private static final int FRAME = 512;

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
  private final String content;
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
    boolean hasNoText = text.isEmpty() && (finished.refusal() != null || !calls.isEmpty());
    this.content = hasNoText ? NULL : literal(text);
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
    StringBuilder json =
        new StringBuilder(content.length() + reasoning.length() + fields.length() + FRAME);
    json.append("{\"id\":")
        .append(JsonText.quote(started.id()))
        .append(",\"object\":\"chat.completion\",\"created\":")
        .append(started.createdSeconds())
        .append(",\"model\":")
        .append(JsonText.quote(started.model()))
        .append(",\"choices\":[{\"index\":0,\"message\":");
    appendMessage(json);
    return json.append(",\"logprobs\":null,\"finish_reason\":")
        .append(JsonText.quote(ChatNames.of(finished.reason(), legacy)))
        .append("}],\"usage\":")
        .append(UsageJson.of(tokens))
        .append(fields)
        .append('}')
        .toString();
  }

  private void appendMessage(StringBuilder json) {
    json.append("{\"role\":\"assistant\",\"content\":")
        .append(content)
        .append(",\"refusal\":")
        .append(finished.refusal() == null ? NULL : JsonText.quote(finished.refusal()));
    if (!reasoning.isEmpty()) {
      json.append(",\"reasoning_content\":").append(literal(reasoning));
    }
    json.append(calls()).append('}');
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
    return content;
  }
}
