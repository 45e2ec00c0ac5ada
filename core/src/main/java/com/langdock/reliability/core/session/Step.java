package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import java.util.OptionalLong;
import java.util.Set;

/** What a session says to do next. */
public sealed interface Step {

  /**
   * Begin this attempt.
   *
   * @param freshConnection whether a kept-alive connection must not be used
   * @param continuation how it continues what was delivered, if anything was
   * @param omittedFields fields that the gateway must not add for this target, usually none
   */
  record Begin(
      Attempt attempt,
      Limits limits,
      boolean freshConnection,
      Continuation continuation,
      Set<String> omittedFields)
      implements Step {}

  /** Wait, then say that the wait is over. */
  record Wait(long nanos) implements Step {}

  /**
   * Tell the client that it failed.
   *
   * @param failure the one that decides
   * @param retryAfterNanos the soonest time it makes sense to ask again, empty when unknown
   */
  record GiveUp(Failure failure, ErrorCode code, OptionalLong retryAfterNanos) implements Step {}

  /** Nothing more: the request has ended. */
  record Stop() implements Step {}
}
