package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.entry.Outcome;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import org.jspecify.annotations.Nullable;

/**
 * Which requests to list, newest first; what is null does not matter.
 *
 * @param limit how many at most, from 1 on
 * @param provider who answered
 * @param model the one asked for
 * @param before only requests older than this one
 */
public record RequestFilter(
    int limit,
    @Nullable String provider,
    @Nullable String model,
    @Nullable Outcome outcome,
    @Nullable String before) {

  /** Whether {@code row} is one of them, the limit aside. */
  public boolean matches(RequestRow row) {
    return (provider == null || provider.equals(row.provider()))
        && (model == null || model.equals(row.model()))
        && (outcome == null || outcome == row.outcome())
        && (before == null || row.requestId().compareTo(before) < 0);
  }
}
