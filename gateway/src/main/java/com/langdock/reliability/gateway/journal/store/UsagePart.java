package com.langdock.reliability.gateway.journal.store;

import java.util.List;

/**
 * The totals of one process that a batch writes over.
 *
 * @param replica the process
 */
public record UsagePart(String replica, List<UsageRow> totals, List<DayRow> days) {
  /** Nothing. */
  public static final UsagePart NONE = new UsagePart("", List.of(), List.of());

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return totals.isEmpty() && days.isEmpty();
  }
}
