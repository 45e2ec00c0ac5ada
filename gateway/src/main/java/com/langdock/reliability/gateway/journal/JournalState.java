package com.langdock.reliability.gateway.journal;

import org.jspecify.annotations.Nullable;

/**
 * The state of the journal.
 *
 * @param since when it entered this status, in milliseconds since 1970
 * @param reason why it is away or stalled, without any credential; null in every other status
 */
public record JournalState(Status status, long since, @Nullable String reason, Counts counts) {
  /** Whether the store can be written. */
  public enum Status {
    /** The store is being opened for the first time. */
    OPENING,
    /** The store is open and accepts writes. */
    OPEN,
    /** The store is open, but one write has taken longer than it should. */
    STALLED,
    /** The store could not be opened, or the last write failed. */
    AWAY;
  }

  /**
   * Counts since the gateway started.
   *
   * @param written rows written: requests, contents and breaker changes
   * @param lost rows dropped, because the queue was full, the store away, or the database refused
   *     them
   * @param refused of those lost, the ones that the database refused because of their values
   * @param late answers that went out before their row was written, under durability sync
   * @param waiting items that wait to be written
   * @param lastWrittenAt when something was written last, in milliseconds since 1970; 0 for never
   */
  public record Counts(
      long written, long lost, long refused, long late, int waiting, long lastWrittenAt) {}
}
