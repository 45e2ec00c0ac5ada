package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Writes one stream in a client's format. Events gather here, whole ones only, until they are
 * taken; no I/O. It cannot write an illegal order, whatever pieces it is given.
 */
public interface ClientWriter {
  /** Forgets what was written: nothing of it reached the client. */
  void startOver();

  /** Writes a piece of the attempt that began the client's stream. */
  void write(Piece piece);

  /**
   * Writes a piece of another attempt, which continues what the client has: under the id of the
   * stream that the client sees.
   *
   * @param text in place of the piece's own, which repeated something; null when it stays
   */
  void resume(Piece piece, @Nullable String text);

  /** Writes a comment, which clients skip. */
  void comment(String text);

  /**
   * Ends the stream.
   *
   * @param usage of all attempts together
   * @param only the report of the only attempt that gave content, null when there were several or
   *     it gave none
   */
  void end(Usage usage, @Nullable TokenReport only);

  /** How many bytes of events wait. */
  int waiting();

  /** Takes the events that wait. */
  byte[] take();
}
