package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonText;
import org.jspecify.annotations.Nullable;

/** A provider's answers as a client of the chat format sees them, event by event. */
public final class ChatReader {
  private final PieceReader reader;
  private final NeutralChunks chunks;

  private @Nullable Piece seen;
  private @Nullable TokenReport used;

  /** Reads a stream that answers {@code request}. */
  public ChatReader(ProviderFormat format, TargetRequest request, ReplyHead head) {
    this.reader = format.readStream(request, head);
    this.chunks = new NeutralChunks(ChatWords.isLegacy(request.exchange().payload().root()));
  }

  /**
   * What an event comes to: a raw piece for a chunk, whether the provider's own or written here,
   * with the usage that came with it; usage, an end or a failure as they are; the opening of a
   * block of thinking; null for nothing.
   */
  public @Nullable Piece read(byte[] event) {
    seen = null;
    used = null;
    reader.read(event, this::add);
    if (used == null) {
      return seen;
    }
    return seen instanceof Piece.Raw raw
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
      case Piece.Raw raw -> seen = raw;
      case Piece.Ended ended -> seen = ended;
      case Piece.Failed failed -> seen = failed;
      default -> see(piece, chunks.of(piece, null));
    }
  }

  private void see(Piece piece, byte @Nullable [] chunk) {
    if (chunk != null) {
      seen = new Piece.Raw(chunk, piece.text(), piece.content(), piece.finishes(), null);
    } else if (piece.isThinking()) {
      seen = piece;
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
      case WholeAnswer.Neutral neutral -> ChatAnswer.of(neutral, false);
    };
  }

  /** A whole answer in the chat format. */
  public static WholeAnswer.Raw answer(Decoded decoded, Payload request) {
    return switch (((Decoded.Answered) decoded).answer()) {
      case WholeAnswer.Raw raw -> raw;
      case WholeAnswer.Neutral neutral ->
          ChatAnswer.of(neutral, ChatWords.isLegacy(request.root()));
    };
  }
}
