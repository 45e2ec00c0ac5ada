package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;

/** The decoded form of a provider's complete HTTP response. */
public sealed interface Decoded {
  /** The response is an answer. */
  record Answered(WholeAnswer answer) implements Decoded {}

  /** The response is a failure. */
  record Failed(Failure failure) implements Decoded {}
}
