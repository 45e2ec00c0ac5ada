package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * What a request did between its attempts: a wait, or a decision.
 *
 * @param atMicros from the request's start
 * @param provider of the target that it is about
 * @param fromProvider of the target that was left, null when none was
 * @param fromModel of the target that was left, null when none was
 * @param waitMicros how long a wait was to be, null for a decision
 * @param reason the failure's word, null when there is none
 */
public record StepRow(
    long atMicros,
    Kind kind,
    String provider,
    String model,
    @Nullable String fromProvider,
    @Nullable String fromModel,
    @Nullable Long waitMicros,
    @Nullable String reason) {

  /** Cuts texts that are too long. */
  public StepRow {
    provider = RowText.of(provider);
    model = RowText.of(model);
    fromProvider = RowText.orNull(fromProvider);
    fromModel = RowText.orNull(fromModel);
    reason = RowText.orNull(reason);
  }

  /** What kind of step. */
  public enum Kind {
    /** It waits before it comes back to a target. */
    WAIT,
    /** It leaves a target for another one. */
    MOVED,
    /** The gateway itself let no attempt begin. */
    REFUSED,
    /** The target cannot be asked this request. */
    SKIPPED,
    /** A broken stream goes on at this target. */
    CONTINUED;
  }

  /** The target that it is about, as {@code provider/model}. */
  public String target() {
    return provider + "/" + model;
  }
}
