package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes neutral pieces as chunks of a chat completion. Pieces before the start and after the
 * finish of an answer are not written.
 */
final class NeutralChunks {
  private final boolean legacy;
  private ToolCallChunks calls;
  private String opening = "";
  private boolean finished;

  /** A writer of chunks; {@code legacy} selects the deprecated {@code functions}. */
  NeutralChunks(boolean legacy) {
    this.legacy = legacy;
    this.calls = new ToolCallChunks(legacy);
  }

  /**
   * Starts the chunks of an attempt.
   *
   * @param idLiteral the id of the client's stream, as a JSON literal
   */
  void start(Piece.Started started, String idLiteral) {
    if (finished) {
      return;
    }
    calls = new ToolCallChunks(legacy);
    opening =
        "{\"id\":"
            + idLiteral
            + ",\"object\":\"chat.completion.chunk\",\"created\":"
            + started.createdSeconds()
            + ",\"model\":"
            + JsonText.quote(started.model())
            + ",\"choices\":[{\"index\":0,\"delta\":";
  }

  /** Whether an answer has begun and not finished, so that chunks can be written. */
  boolean isOpen() {
    return !opening.isEmpty();
  }

  /** The first chunk of an answer. */
  byte[] role() {
    return json("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
  }

  /**
   * The chunk of a piece; null if it has none.
   *
   * @param text replaces the piece's text; null to keep it
   */
  byte @Nullable [] of(Piece piece, @Nullable String text) {
    if (!isOpen()) {
      return null;
    }
    if (piece instanceof Piece.Finished finished) {
      return finish(finished, text);
    }
    String delta =
        switch (piece) {
          case Piece.Text more ->
              content(text == null ? more.literal() : JsonText.quote(text), more.text(), text);
          case Piece.Thinking thinking -> "{\"reasoning_content\":" + thinking.literal() + "}";
          case Piece.Opened(Piece.Block.Call call) -> calls.open(call);
          case Piece.Arguments arguments -> calls.arguments(arguments.literal());
          case Piece.Closed closed -> calls.close();
          case Piece.Opened opened -> null;
          case Piece.Started started -> null;
          case Piece.Used used -> null;
          case Piece.Ended ended -> null;
          case Piece.Failed failed -> null;
          case Piece.Raw raw -> null;
          case Piece.Event event -> null;
          case Piece.Signed signed -> null;
          case Piece.Finished finished -> null;
        };
    return delta == null ? null : json(delta, "null");
  }

  private static @Nullable String content(String literal, String own, @Nullable String text) {
    boolean isEmpty = text == null ? own.isEmpty() : text.isEmpty();
    return isEmpty ? null : "{\"content\":" + literal + "}";
  }

  private byte[] finish(Piece.Finished finished, @Nullable String text) {
    String held = text == null || text.isEmpty() ? "" : "\"content\":" + JsonText.quote(text);
    String refusal =
        finished.refusal() == null ? "" : "\"refusal\":" + JsonText.quote(finished.refusal());
    String comma = held.isEmpty() || refusal.isEmpty() ? "" : ",";
    byte[] chunk =
        json(
            "{" + held + comma + refusal + "}",
            JsonText.quote(ChatNames.of(finished.reason(), legacy)));
    opening = "";
    this.finished = true;
    return chunk;
  }

  private byte[] json(String delta, String finishReason) {
    String chunk = opening + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}";
    return chunk.getBytes(StandardCharsets.UTF_8);
  }
}
