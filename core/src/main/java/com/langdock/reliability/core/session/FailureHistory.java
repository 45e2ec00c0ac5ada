package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import org.jspecify.annotations.Nullable;

/** The failures that a request has met, and which of them decides what its client is told. */
final class FailureHistory {
  private @Nullable Failure last;
  private @Nullable Failure lastBreak;
  private Failure.@Nullable Untranslatable untranslatable;

  /** An attempt failed. */
  void failed(Failure failure) {
    last = failure;
  }

  /** The stream that the client sees broke. */
  void broke(Failure failure) {
    lastBreak = failure;
  }

  /** A target cannot be asked this request. */
  void skipped(Failure.Untranslatable failure) {
    untranslatable = failure;
  }

  /** The last failure of an attempt, null when there was none. */
  @Nullable Failure last() {
    return last;
  }

  /**
   * What broke the stream that the client sees; else the last real failure; else the gateway's own
   * refusal; else what no target can be asked.
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
