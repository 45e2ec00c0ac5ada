package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one stream in a client's format. Buffers complete events until they are drained; performs
 * no I/O. The events are in a valid order for every sequence of pieces.
 */
public interface ClientWriter {
  /** The content type of server-sent events. */
  String EVENTS = "text/event-stream; charset=utf-8";

  /** The content type of the stream. */
  default String contentType() {
    return EVENTS;
  }

  /** Discards all events written so far. Call only if none of them was sent to the client. */
  void startOver();

  /** Writes a piece of the attempt that started the client's stream. */
  void write(Piece piece);

  /**
   * Writes a piece of a later attempt that continues the client's stream. The events keep the id of
   * the client's stream.
   *
   * @param text replaces the piece's text, which repeated delivered text; null to keep it
   */
  void resume(Piece piece, @Nullable String text);

  /** Writes a comment, which clients ignore. */
  void comment(String text);

  /**
   * Bytes that may stand between any two events and tell a client only that the stream lives. They
   * belong to the event after them, since some clients read a comment with an empty line of its own
   * as an event without data. Empty where the stream has no such bytes.
   */
  default byte[] keepAlive() {
    return ": keep-alive\n".getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Ends the stream.
   *
   * @param usage the sum over all attempts
   * @param only the report of the only attempt that delivered content; null if there were several
   *     or it sent no report
   */
  void end(Usage usage, @Nullable TokenReport only);

  /** The number of buffered bytes. */
  int pending();

  /** Removes and returns the buffered events. */
  byte[] drain();
}
