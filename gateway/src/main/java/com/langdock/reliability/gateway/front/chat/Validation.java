package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Problem;

/** What validation found. */
public sealed interface Validation {
  /** The request may be sent to a provider. */
  record Valid(Exchange request) implements Validation {}

  /** It may not. */
  record Invalid(Problem problem) implements Validation {}
}
