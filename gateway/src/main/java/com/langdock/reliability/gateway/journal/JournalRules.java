package com.langdock.reliability.gateway.journal;

import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param sync whether an answer's last byte waits until its request is on the disk
 * @param retention how long a request is kept
 * @param maxSize bytes of storage from which on the oldest requests go
 */
public record JournalRules(boolean sync, Duration retention, long maxSize) {
  /** Between two tries to write a batch. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration GATHER = Duration.ofMillis(50);

  /** How long to wait for more before a batch is written: not at all where answers wait for it. */
  Duration gather() {
    return sync ? Duration.ZERO : GATHER;
  }
}
