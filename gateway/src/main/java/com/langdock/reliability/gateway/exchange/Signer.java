package com.langdock.reliability.gateway.exchange;

import java.util.Map;

/**
 * Adds headers to a finished request, such as a signature of its body or a token that expires.
 * Called last, on the event loop. Must not block.
 */
@FunctionalInterface
public interface Signer {
  /** Adds no headers, for a credential that does not depend on the request. */
  Signer NONE = request -> Map.of();

  /** The headers to add to {@code request}, with names in lower case. */
  Map<String, String> sign(Outgoing request);
}
