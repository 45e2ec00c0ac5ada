package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import org.jspecify.annotations.Nullable;

/**
 * A wait or a decision between the attempts of a request.
 *
 * @param atMicros from the request's start
 * @param target the one that it is about
 * @param from the target that was left, null when none was
 * @param waitMicros the planned length of a wait, null for a decision
 * @param reason the failure's label, null when there is none
 */
public record StepRow(
    long atMicros,
    Kind kind,
    Target target,
    @Nullable Target from,
    @Nullable Long waitMicros,
    @Nullable String reason) {

  /** Cuts texts that are too long. */
  public StepRow {
    target = RowText.of(target);
    from = from == null ? null : RowText.of(from);
    reason = RowText.orNull(reason);
  }

  /** What kind of step. */
  public enum Kind {
    /** It waits before it retries a target. */
    WAIT,
    /** It leaves a target for another one. */
    MOVED,
    /** The gateway itself let no attempt begin. */
    REFUSED,
    /** The target's format cannot express the request. */
    SKIPPED,
    /** A broken stream is continued at this target. */
    CONTINUED;
  }
}
