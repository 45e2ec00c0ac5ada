package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;

/** A request in a provider's format, or why there is none. */
public sealed interface Written {
  /**
   * The request to send.
   *
   * @param changes how it differs in meaning from the client's request
   */
  record Request(Outgoing outgoing, RequestChanges changes) implements Written {
    /** A request that means what the client's request means. */
    public Request(Outgoing outgoing) {
      this(outgoing, RequestChanges.NONE);
    }
  }

  /** The request is valid, but this format cannot express it; the failure names the field. */
  record Untranslatable(Failure.Untranslatable failure) implements Written {}
}
