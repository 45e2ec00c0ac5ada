package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;

/** The result of writing a request in a provider's format, and of signing it. */
public sealed interface Written {
  /**
   * The request to send.
   *
   * @param changes how its meaning differs from the client's request
   */
  record Request(Outgoing outgoing, RequestChanges changes) implements Written {
    /** A request with the meaning of the client's request. */
    public Request(Outgoing outgoing) {
      this(outgoing, RequestChanges.NONE);
    }
  }

  /** The request is valid, but this format cannot express it. The failure contains the field. */
  record Untranslatable(Failure.Untranslatable failure) implements Written {}

  /** The request is written, but there is no credential to sign it with. No format returns it. */
  record Unsigned(Failure.CredentialMissing failure) implements Written {}
}
