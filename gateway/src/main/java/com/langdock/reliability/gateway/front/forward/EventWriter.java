package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.SseWriter;
import org.jspecify.annotations.Nullable;

/** Writes the events of a provider, which have their usage and their end in themselves. */
final class EventWriter implements ClientWriter {
  private final boolean withNames;
  private final SseWriter events = new SseWriter();

  /**
   * A writer.
   *
   * @param withNames whether the API's events have names besides their types
   */
  EventWriter(boolean withNames) {
    this.withNames = withNames;
  }

  @Override
  public void startOver() {
    events.discard();
  }

  @Override
  public void write(Piece piece) {
    if (piece instanceof Piece.Event event) {
      if (withNames) {
        events.event(event.name(), event.bytes());
      } else {
        events.data(event.bytes());
      }
    }
  }

  /** A continued answer is another attempt's events. */
  @Override
  public void resume(Piece piece, @Nullable String text) {
    write(piece);
  }

  @Override
  public void comment(String text) {
    events.comment(text);
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {}

  @Override
  public int pending() {
    return events.size();
  }

  @Override
  public byte[] drain() {
    return events.drain();
  }
}
