package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a request.
 *
 * @param number 1 for the first
 * @param startMicros from the request's start to its own
 * @param latencyMicros from its start to its end, or until now
 * @param firstTokenMicros from its start to its first content, null when there was none
 * @param errorType the failure's word, null without one
 * @param errorMessage what happened, in our words; null without a failure
 * @param httpStatus the provider's, null when it did not answer
 * @param retryAfterMillis what the provider asked to wait, null when it asked for nothing
 * @param probe whether it tried a target whose circuit was half-open
 */
public record AttemptRow(
    int number,
    String provider,
    String model,
    long startMicros,
    long latencyMicros,
    @Nullable Long firstTokenMicros,
    RequestOutcome status,
    @Nullable String errorType,
    @Nullable String errorMessage,
    @Nullable Integer httpStatus,
    @Nullable Long retryAfterMillis,
    boolean probe,
    Cost cost) {
  private static final int OK = 200;

  /** Cuts texts that are too long. */
  public AttemptRow {
    provider = RowText.of(provider);
    model = RowText.of(model);
    errorType = RowText.orNull(errorType);
    errorMessage = RowText.orNull(errorMessage);
  }

  /** Whether three times are all that it adds to the row of {@code request}. */
  boolean isToldBy(RequestRow request) {
    return number == 1
        && status == RequestOutcome.SUCCESS
        && httpStatus != null
        && httpStatus == OK
        && !probe
        && errorType == null
        && retryAfterMillis == null
        && provider.equals(request.provider())
        && model.equals(request.answeredModel())
        && cost.equals(request.cost());
  }

  /** Its target, as {@code provider/model}. */
  public String target() {
    return provider + "/" + model;
  }
}
