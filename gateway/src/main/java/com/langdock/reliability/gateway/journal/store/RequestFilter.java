package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Which requests to list, newest first; null fields match everything.
 *
 * @param limit the most requests, at least 1
 * @param provider that answered or was tried
 * @param model the one asked for
 * @param clientId the client's name for itself
 * @param error the type of an attempt's error, or the code of the request's
 * @param before only requests older than this one
 */
public record RequestFilter(
    int limit,
    @Nullable String provider,
    @Nullable String model,
    @Nullable RequestOutcome outcome,
    @Nullable String clientId,
    @Nullable String error,
    @Nullable String before) {

  /** The newest requests. */
  public static RequestFilter newest(int limit) {
    return new RequestFilter(limit, null, null, null, null, null, null);
  }

  /** Whether {@code entry} is one of them, the limit aside. */
  public boolean matches(JournalEntry entry) {
    RequestRow row = entry.request();
    return (provider == null || isTried(provider, entry))
        && (model == null || model.equals(row.asked().model()))
        && (outcome == null || outcome == row.result().outcome())
        && (clientId == null || clientId.equals(row.ids().client()))
        && (error == null || hasError(error, entry))
        && (before == null || row.requestId().compareTo(before) < 0);
  }

  private static boolean isTried(String provider, JournalEntry entry) {
    return provider.equals(entry.request().provider())
        || entry.attempts().stream()
            .anyMatch(attempt -> provider.equals(attempt.target().provider()));
  }

  private static boolean hasError(String error, JournalEntry entry) {
    return error.equals(entry.request().result().code())
        || entry.attempts().stream()
            .anyMatch(attempt -> error.equals(attempt.result().errorType()));
  }
}
