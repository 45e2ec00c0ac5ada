package com.langdock.reliability.gateway.journal;

import java.time.Duration;

/**
 * The settings of a journal.
 *
 * @param sync whether an answer's last byte waits until its request is on the disk
 * @param retention how long a request is kept
 * @param maxSize bytes of storage beyond which the oldest requests are removed
 * @param keepsRequests whether requests are written down at all; usage always is
 */
public record JournalRules(boolean sync, Duration retention, long maxSize, boolean keepsRequests) {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration GATHER = Duration.ofMillis(50);

  /** A write that takes longer than this is logged. */
  static final Duration STALLED_AFTER = Duration.ofSeconds(3);

  /** Rules of a journal that writes every request down. */
  public JournalRules(boolean sync, Duration retention, long maxSize) {
    this(sync, retention, maxSize, true);
  }

  /** How long the writer waits; not for more of a batch, where answers wait for it. */
  JournalWriter.Times times() {
    return new JournalWriter.Times(sync ? Duration.ZERO : GATHER, PAUSE);
  }
}
