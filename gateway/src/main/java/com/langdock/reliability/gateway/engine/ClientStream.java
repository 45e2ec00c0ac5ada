package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.TokenReport;
import org.jspecify.annotations.Nullable;

/**
 * Makes one coherent stream for the client out of the streams of all attempts.
 *
 * <p>The pieces of the first attempt are written as they come. The text of a continuing one goes
 * through a {@link ContinuationJoiner} first. No I/O: events gather in the {@link ClientWriter}
 * until they are taken.
 */
final class ClientStream {
  /** Delivered text longer than this, in characters, is not kept: 1 MiB in memory at most. */
  static final int MAX_DELIVERED = 512 * 1024;

  private final ClientWriter writer;
  private final GrowingText delivered = new GrowingText(MAX_DELIVERED);

  private @Nullable ContinuationJoiner joiner;
  private @Nullable String comment;
  private boolean textOnly = true;
  private Usage used = Usage.NONE;
  private @Nullable TokenReport only;
  private int answeredBy;

  /** A stream that {@code writer} writes. */
  ClientStream(ClientWriter writer) {
    this.writer = writer;
  }

  /**
   * The next attempt's pieces follow.
   *
   * @param continuing whether the client has been given content
   */
  void attempt(Target target, boolean continuing) {
    if (continuing) {
      joiner = new ContinuationJoiner(delivered.toString());
      comment = "continued by " + target;
    } else {
      writer.startOver();
      delivered.clear();
      textOnly = true;
    }
  }

  /**
   * Adds the next piece of the attempt.
   *
   * @return false when its text is no continuation of what was delivered: the attempt has failed
   */
  boolean add(Piece piece) {
    if (joiner != null) {
      return addContinued(piece, joiner);
    }
    writer.write(piece);
    delivered(piece, piece.text());
    return true;
  }

  /** Adds what an attempt that gave content has used, and its provider's report if there is one. */
  void used(Usage usage, @Nullable TokenReport report) {
    used = used.plus(usage);
    answeredBy++;
    only = answeredBy > 1 ? null : report;
  }

  /** The answer is whole. */
  void end() {
    writer.end(used, only);
  }

  /** What the client has been given, or will be with the events that wait. */
  DeliveredContent content() {
    if (!textOnly) {
      return DeliveredContent.OTHER;
    }
    return delivered.isTooLong() ? DeliveredContent.LONG_TEXT : DeliveredContent.TEXT;
  }

  /** The text that the client has been given, or will be; empty when it was too long. */
  String delivered() {
    return delivered.toString();
  }

  /** How many bytes of events wait. */
  int waiting() {
    return writer.pending();
  }

  /** What tells the client that the stream lives. */
  byte[] keepAlive() {
    return writer.keepAlive();
  }

  /** Takes the events that wait, for the client. */
  byte[] take() {
    return writer.drain();
  }

  private boolean addContinued(Piece piece, ContinuationJoiner at) {
    boolean ends = piece.finishes() > 0 || piece.content() == Content.OTHER;
    String text = at.add(piece.text()) + (ends ? at.end() : "");
    if (at.isRefused()) {
      return false;
    }
    boolean heldBack = text.isEmpty() && !piece.text().isEmpty();
    boolean isSeen = ends || (!heldBack && piece.content() != Content.NONE);
    if (!isSeen && !piece.isStart()) {
      return true;
    }
    if (isSeen && comment != null) {
      writer.comment(comment);
      comment = null;
    }
    writer.resume(piece, text.equals(piece.text()) ? null : text);
    delivered(piece, text);
    return true;
  }

  /** After the write: should that throw, the client has not been given the text. */
  private void delivered(Piece piece, String text) {
    textOnly &= piece.content() != Content.OTHER;
    delivered.append(text);
  }
}
