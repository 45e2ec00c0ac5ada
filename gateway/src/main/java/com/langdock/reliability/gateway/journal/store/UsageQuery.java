package com.langdock.reliability.gateway.journal.store;

import java.util.List;

/**
 * A question about usage.
 *
 * @param by what the rows are grouped by, in order, each once
 * @param from the first day, such as {@code 2026-11-01}
 * @param to the last day
 * @param most the most rows
 */
public record UsageQuery(List<By> by, String from, String to, int most) {
  /** Keeps an immutable copy. */
  public UsageQuery {
    by = List.copyOf(by);
  }

  /** What usage can be grouped by. */
  public enum By {
    /** The day. */
    DAY("day"),
    /** The client's key. */
    KEY("key_id"),
    /** The key's team. */
    TEAM("team"),
    /** The model asked for. */
    MODEL("model"),
    /** The model that answered. */
    ANSWERED_MODEL("answered_model"),
    /** The provider that answered. */
    PROVIDER("provider"),
    /** The client's name for itself. */
    CLIENT_ID("client_id"),
    /** What the operator noted about the key. */
    TAG("tags");

    private final String column;

    By(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }
}
