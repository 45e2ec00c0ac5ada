package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Problem;

/** The result of validating a request. */
public sealed interface Validation {
  /** The request is valid. */
  record Valid(Exchange request) implements Validation {}

  /** The request is invalid. */
  record Invalid(Problem problem) implements Validation {}
}
