package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.provider.Decoded;
import org.jspecify.annotations.Nullable;

/** Where a request's end goes: exactly one of its methods is called, once, on the event loop. */
public interface Delivery {
  /** The request was answered by {@code attempt}. */
  void answered(Decoded.Answer answer, Attempt attempt);

  /** The request failed. */
  void failed(Step.GiveUp giveUp);

  /** A bug in the gateway ended the request. */
  void crashed(@Nullable Throwable bug);
}
