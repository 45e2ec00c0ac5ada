package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;

/** What a provider's complete HTTP answer means. */
public sealed interface Decoded {
  /** The request was answered. */
  record Answered(WholeAnswer answer) implements Decoded {}

  /** It was not. */
  record Failed(Failure failure) implements Decoded {}
}
