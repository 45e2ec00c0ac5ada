package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a request.
 *
 * @param number 1 for the first
 * @param probe whether it tried a target whose circuit was half-open
 */
public record AttemptRow(
    int number, Target target, boolean probe, Times times, Result result, Cost cost) {
  private static final int OK = 200;

  /** Cuts texts that are too long. */
  public AttemptRow {
    target = RowText.of(target);
  }

  /**
   * When it ran.
   *
   * @param startMicros from the request's start to its own
   * @param latencyMicros from its start to its end, or until now
   * @param firstTokenMicros from its start to its first content, null when there was none
   */
  public record Times(long startMicros, long latencyMicros, @Nullable Long firstTokenMicros) {}

  /**
   * How it ended.
   *
   * @param errorType the failure's label, null without one
   * @param errorMessage what happened, in our words; null without a failure
   * @param httpStatus the provider's, null when it did not answer
   * @param retryAfterMillis the wait of the provider's Retry-After, null without one
   */
  public record Result(
      RequestOutcome status,
      @Nullable String errorType,
      @Nullable String errorMessage,
      @Nullable Integer httpStatus,
      @Nullable Long retryAfterMillis) {
    /** Cuts texts that are too long. */
    public Result {
      errorType = RowText.orNull(errorType);
      errorMessage = RowText.orNull(errorMessage);
    }

    /** The result of an attempt that the provider answered with 200. */
    public static Result success() {
      return new Result(RequestOutcome.SUCCESS, null, null, OK, null);
    }
  }

  /** Whether its times are all that it adds to the row of {@code request}. */
  boolean isDerivableFrom(RequestRow request) {
    return number == 1
        && !probe
        && result.equals(Result.success())
        && target.equals(request.answeredBy())
        && cost.equals(request.cost());
  }
}
