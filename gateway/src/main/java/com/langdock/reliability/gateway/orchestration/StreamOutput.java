package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.streaming.Relay;

/**
 * Writes what a relay has gathered to the client.
 *
 * <p>Events that arrive together leave together: writing waits until the event loop has read what
 * there is. While the client takes less than it is given, the attempt reads nothing more.
 */
final class StreamOutput {
  private final EventLoop loop;
  private final Relay relay;
  private final StreamDelivery delivery;
  private boolean soon;
  private boolean over;

  StreamOutput(EventLoop loop, Relay relay, StreamDelivery delivery) {
    this.loop = loop;
    this.relay = relay;
    this.delivery = delivery;
  }

  /** Writes once the reads of this turn are done; {@code source} is what to hold back then. */
  void flushSoon(RunningAttempt source) {
    if (soon || over || relay.waiting() == 0) {
      return;
    }
    soon = true;
    loop.execute(() -> {
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
