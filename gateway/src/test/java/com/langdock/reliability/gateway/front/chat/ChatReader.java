package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts a provider's pieces to the events that a client of the chat format receives. */
public final class ChatReader {
  private final PieceReader reader;
  private final NeutralChunks chunks;

  private @Nullable Piece result;
  private @Nullable TokenReport used;

  /** A reader of a stream that answers {@code request}. */
  public ChatReader(ProviderFormat format, TargetRequest request, ReplyHead head) {
    this.reader = format.readStream(request, head);
    this.chunks = new NeutralChunks(ChatNames.isLegacy(request.exchange().payload().root()));
  }

  /**
   * The result of an event: a raw piece for a chunk, unchanged or translated, with its usage;
   * pieces of usage, end, failure or an opened thinking block unchanged; null if there is none.
   */
  public @Nullable Piece read(byte[] event) {
    result = null;
    used = null;
    reader.read(event, this::add);
    if (used == null) {
      return result;
    }
    return result instanceof Piece.Raw raw
        ? new Piece.Raw(raw.bytes(), raw.text(), raw.content(), raw.finishes(), used)
        : new Piece.Used(used);
  }

  private void add(Piece piece) {
    switch (piece) {
      case Piece.Used report -> used = report.tokens();
      case Piece.Started started -> {
        chunks.start(started, JsonText.quote(started.id()));
        see(piece, chunks.role());
      }
      case Piece.Raw raw -> result = raw;
      case Piece.Ended ended -> result = ended;
      case Piece.Failed failed -> result = failed;
      default -> see(piece, chunks.of(piece, null));
    }
  }

  private void see(Piece piece, byte @Nullable [] chunk) {
    if (chunk != null) {
      result = new Piece.Raw(chunk, piece.text(), piece.content(), piece.finishes(), null);
    } else if (piece.isThinking()) {
      result = piece;
    }
  }

  /** The usage as the chat format writes it. */
  public static String usageJson(TokenReport report) {
    return UsageJson.of(report);
  }

  /** A whole answer in the chat format, to a client that uses tools. */
  public static WholeAnswer.Raw answer(Decoded decoded) {
    return switch (((Decoded.Answered) decoded).answer()) {
      case WholeAnswer.Raw raw -> raw;
      case WholeAnswer.Forwarded forwarded -> throw new AssertionError("forwarded");
      case WholeAnswer.Neutral neutral -> raw(neutral, false);
    };
  }

  /** The JSON literal of the first choice's text. */
  public static String content(WholeAnswer.Raw answer) {
    JsonValue content = AnswerJson.content(answer.root());
    return content == null ? "null" : content.raw();
  }

  /** A whole answer in the chat format. */
  public static WholeAnswer.Raw answer(Decoded decoded, Payload request) {
    return switch (((Decoded.Answered) decoded).answer()) {
      case WholeAnswer.Raw raw -> raw;
      case WholeAnswer.Forwarded forwarded -> throw new AssertionError("forwarded");
      case WholeAnswer.Neutral neutral -> raw(neutral, ChatNames.isLegacy(request.root()));
    };
  }

  private static WholeAnswer.Raw raw(WholeAnswer.Neutral neutral, boolean legacy) {
    byte[] json = new ChatAnswer(neutral, legacy).json("").getBytes(UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    return new WholeAnswer.Raw(json, root, neutral.usage(), neutral::pieces);
  }
}
