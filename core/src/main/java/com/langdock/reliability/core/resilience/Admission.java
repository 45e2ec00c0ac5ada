package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.resilience.breaker.Permit;

/** A gate's answer to whether an attempt may begin. */
public sealed interface Admission {
  /** It may; the permit must be reported. */
  record Admitted(Permit permit) implements Admission {}

  /** It may not. */
  record Refused(Failure.Refused failure) implements Admission {}
}
