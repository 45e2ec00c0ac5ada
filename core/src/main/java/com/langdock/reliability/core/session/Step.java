package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import java.util.OptionalLong;

/**
 * An action of a driver. A signal that can lead to more work is answered with a list of steps, to
 * be taken in order; the list is empty when there is nothing to do.
 */
public sealed interface Step {

  /**
   * Begin this attempt.
   *
   * @param freshConnection whether a kept-alive connection must not be used
   * @param freshCredential whether the provider's credential must be fetched first, unless it was
   *     since the attempt began
   */
  record Begin(
      Attempt attempt,
      Limits limits,
      boolean freshConnection,
      boolean freshCredential,
      RequestForm form)
      implements Step {}

  /** Wait, then call {@link Session#waitOver}. */
  record Wait(long nanos) implements Step {}

  /**
   * Send the client an error.
   *
   * @param failure the one that decides
   * @param retryAfterNanos when the client should retry, empty when unknown
   */
  record GiveUp(Failure failure, ErrorCode code, OptionalLong retryAfterNanos) implements Step {}
}
