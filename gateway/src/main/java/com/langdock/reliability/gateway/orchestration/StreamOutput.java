package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.gateway.streaming.Relay;
import io.vertx.core.Vertx;

/**
 * Writes what a relay has gathered to the client.
 *
 * <p>Events that arrive together leave together: writing waits until the event loop has read what
 * there is. While the client takes less than it is given, the attempt reads nothing more.
 */
final class StreamOutput {
  private final Vertx vertx;
  private final Relay relay;
  private final StreamDelivery delivery;
  private boolean soon;
  private boolean over;

  StreamOutput(Vertx vertx, Relay relay, StreamDelivery delivery) {
    this.vertx = vertx;
    this.relay = relay;
    this.delivery = delivery;
  }

  /** Writes once the reads of this turn are done; {@code source} is what to hold back then. */
  void flushSoon(RunningAttempt source) {
    if (soon || over || relay.waiting() == 0) {
      return;
    }
    soon = true;
    vertx.runOnContext(turn -> {
      soon = false;
      flush();
      if (!over && delivery.isFull()) {
        source.pause();
        delivery.whenDrained(source::resume);
      }
    });
  }

  /** Writes what there is. */
  void flush() {
    if (!over && relay.waiting() > 0) {
      delivery.write(relay.take());
    }
  }

  /** Writes what there is and the end. */
  void end() {
    over = true;
    relay.end();
    delivery.end(relay.take());
  }
}
