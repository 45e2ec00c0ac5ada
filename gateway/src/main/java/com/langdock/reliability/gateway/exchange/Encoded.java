package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;

/** A request in a provider's format, or why there is none. */
public sealed interface Encoded {
  /**
   * The body to send; handed on once, never compared.
   *
   * @param changes what it says differently from the client's request
   */
  record Body(byte[] json, RequestChanges changes) implements Encoded {
    /** A body that says what the client's request says. */
    public Body(byte[] json) {
      this(json, RequestChanges.NONE);
    }
  }

  /** The request is valid, but this format has no words for it; the failure names the field. */
  record Untranslatable(Failure.Untranslatable failure) implements Encoded {}
}
