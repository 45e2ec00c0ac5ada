package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.UsageTotal.Sums;

/**
 * What one process, or all of them together, used for one subject in one period.
 *
 * @param subject such as {@code team:search}
 * @param period a day, a month, or {@code total}
 * @param alerted the highest part of the budget that was reported, in thousandths
 * @param fullRequests when the bucket of requests is full again, in milliseconds since 1970
 * @param fullTokens the same for the bucket of tokens
 */
public record UsageRow(
    String subject, String period, Sums sums, int alerted, long fullRequests, long fullTokens)
    implements Comparable<UsageRow> {
  /** All writers use this order, so that two never deadlock. */
  @Override
  public int compareTo(UsageRow other) {
    int bySubject = subject.compareTo(other.subject);
    return bySubject == 0 ? period.compareTo(other.period) : bySubject;
  }
}
