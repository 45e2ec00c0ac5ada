package com.langdock.reliability.gateway.validation;

import com.langdock.reliability.gateway.provider.ChatRequest;

/** What validation found. */
public sealed interface Validation {
  /** The request may be sent to a provider. */
  record Valid(ChatRequest request) implements Validation {}

  /** It may not. */
  record Invalid(Problem problem) implements Validation {}
}
