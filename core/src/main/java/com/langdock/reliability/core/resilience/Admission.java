package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Failure;
import org.jspecify.annotations.Nullable;

/** Whether an attempt may begin. */
public sealed interface Admission {
  /**
   * It may; report its outcome to the target state exactly once.
   *
   * @param ofProvider the permit of the provider's breaker, null where there is none
   * @param ofTarget the permit of the target's own breaker, null where there is none
   */
  record Admitted(@Nullable Permit ofProvider, @Nullable Permit ofTarget) implements Admission {
    /** Whether the attempt is a probe of a half-open breaker. */
    public boolean isProbe() {
      return (ofProvider != null && ofProvider.isProbe())
          || (ofTarget != null && ofTarget.isProbe());
    }
  }

  /** It may not. */
  record Refused(Failure.Refused failure) implements Admission {}
}
