package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import org.jspecify.annotations.Nullable;

/** The failures of a request, and the choice of the one that decides the client's error. */
final class FailureHistory {
  private @Nullable Failure last;
  private @Nullable Failure lastBreak;
  private Failure.@Nullable Untranslatable untranslatable;

  /** An attempt failed. */
  void failed(Failure failure) {
    last = failure;
  }

  /** Records that the client's stream broke. */
  void broke(Failure failure) {
    lastBreak = failure;
  }

  /** Records that a target's format cannot express this request. */
  void skipped(Failure.Untranslatable failure) {
    untranslatable = failure;
  }

  /** The last failure of an attempt, null when there was none. */
  @Nullable Failure last() {
    return last;
  }

  /**
   * The failure that broke the client's stream; else the last failure of an attempt; else the
   * gateway's own refusal; else the untranslatable field.
   */
  Failure deciding(Failure.@Nullable Refused refusal) {
    if (lastBreak != null) {
      return lastBreak;
    }
    if (last != null) {
      return last;
    }
    if (refusal != null) {
      return refusal;
    }
    return untranslatable != null ? untranslatable : new Failure.DeadlineOver();
  }
}
