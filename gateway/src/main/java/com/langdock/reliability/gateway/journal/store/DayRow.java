package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.UsageTotal.Sums;

/** What one process, or all of them together, used on one day under one combination of names. */
public record DayRow(Names names, Sums sums) {
  /**
   * What a report can be grouped by; empty texts where something has no name.
   *
   * @param day such as {@code 2026-11-23}
   * @param key the id of the client's key
   * @param model the one asked for
   * @param answeredModel the one that answered
   * @param client the client's name for itself
   */
  public record Names(
      String day,
      String key,
      String team,
      String model,
      String answeredModel,
      String provider,
      String client,
      String tags)
      implements Comparable<Names> {
    @Override
    public int compareTo(Names other) {
      return toString().compareTo(other.toString());
    }
  }
}
