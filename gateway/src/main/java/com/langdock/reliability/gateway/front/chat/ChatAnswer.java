package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes a neutral answer as a chat completion. Thinking goes into {@code reasoning_content}, the
 * field that most reasoning providers use, never into {@code content}.
 */
final class ChatAnswer {
  private static final String NULL = "null";

  /** A tool call. Its arguments may arrive in pieces. */
  private record Call(Piece.Block.Call block, StringBuilder arguments) {
    String function() {
      String json = arguments.isEmpty() ? "{}" : arguments.toString();
      return "{\"name\":"
          + JsonText.quote(block.name())
          + ",\"arguments\":"
          + JsonText.quote(json)
          + "}";
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
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();
  private Piece.Started started = new Piece.Started("", "", 0);
  private Piece.Finished finished = new Piece.Finished(FinishReason.STOP, null);

  private ChatAnswer(boolean legacy) {
    this.legacy = legacy;
  }

  /**
   * Converts the answer to this format.
   *
   * @param legacy whether the client uses the deprecated {@code functions}
   */
  static WholeAnswer.Raw of(WholeAnswer.Neutral answer, boolean legacy) {
    ChatAnswer chat = new ChatAnswer(legacy);
    answer.pieces().forEach(chat::add);
    byte[] json = chat.json(answer.tokens()).getBytes(UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    return new WholeAnswer.Raw(json, root, answer.usage(), answer::pieces);
  }

  private void add(Piece piece) {
    switch (piece) {
      case Piece.Started first -> started = first;
      case Piece.Opened(Piece.Block.Call call) ->
          calls.add(new Call(call, new StringBuilder(call.arguments())));
      case Piece.Text more -> text.append(more.text());
      case Piece.Thinking more -> reasoning.append(decoded(more.literal()));
      case Piece.Arguments more when !calls.isEmpty() ->
          calls.getLast().arguments().append(decoded(more.literal()));
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

  private static String decoded(String literal) {
    return Objects.requireNonNull(JsonBody.json(literal.getBytes(UTF_8))).text();
  }

  private String json(TokenReport tokens) {
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
        + "}";
  }

  private String message() {
    String refusal = finished.refusal() == null ? NULL : JsonText.quote(finished.refusal());
    String thinking =
        reasoning.isEmpty() ? "" : ",\"reasoning_content\":" + JsonText.quote(reasoning.toString());
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

  private String content() {
    boolean hasNoText = text.isEmpty() && (finished.refusal() != null || !calls.isEmpty());
    return hasNoText ? NULL : JsonText.quote(text.toString());
  }
}
