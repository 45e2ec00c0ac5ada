package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Which requests to list, newest first; null fields match everything.
 *
 * @param limit the most requests, at least 1
 * @param provider that answered or was tried
 * @param model the one asked for
 * @param who asked
 * @param error the type of an attempt's error, or the code of the request's
 * @param before only requests older than this one
 */
public record RequestFilter(
    int limit,
    @Nullable String provider,
    @Nullable String model,
    @Nullable RequestOutcome outcome,
    Who who,
    @Nullable String error,
    @Nullable String before) {
  /**
   * Who asked; null fields match everybody.
   *
   * @param clientId the client's name for itself
   * @param keyId of its key
   * @param team of its key
   */
  public record Who(@Nullable String clientId, @Nullable String keyId, @Nullable String team) {
    /** Everybody. */
    public static final Who ANYBODY = new Who(null, null, null);

    private boolean matches(RequestRow.Ids ids) {
      RequestRow.Key key = ids.key();
      return (clientId == null || clientId.equals(ids.client()))
          && (keyId == null || (key != null && keyId.equals(key.id())))
          && (team == null || (key != null && team.equals(key.team())));
    }
  }

  /** The newest requests. */
  public static RequestFilter newest(int limit) {
    return new RequestFilter(limit, null, null, null, Who.ANYBODY, null, null);
  }

  /** Whether {@code entry} is one of them, the limit aside. */
  public boolean matches(JournalEntry entry) {
    RequestRow row = entry.request();
    return (provider == null || isTried(provider, entry))
        && (model == null || model.equals(row.asked().model()))
        && (outcome == null || outcome == row.result().outcome())
        && who.matches(row.ids())
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
