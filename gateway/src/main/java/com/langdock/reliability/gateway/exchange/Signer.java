package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import java.util.Optional;

/**
 * Adds headers to a finished request, such as a signature of its body or a token that expires.
 * Thread-safe. A request is signed where it was written, which for a large body is not on the event
 * loop.
 */
public interface Signer {
  /** Adds no headers, for a credential that does not depend on the request. */
  Signer NONE = request -> Optional.of(Map.of());

  /**
   * The headers to add to {@code request}, with names in lower case; empty if there is no
   * credential now. Must not wait.
   */
  Optional<Map<String, String>> sign(Outgoing request);

  /**
   * Hears the head of an answer that refuses a signed request. Whether the same request may be
   * accepted if it is signed again, because signatures differ from now on.
   */
  default boolean corrects(ReplyHead refusal) {
    return false;
  }

  /** Whether {@link #renew} can bring another credential. */
  default boolean isRenewable() {
    return false;
  }

  /**
   * Fetches the credential anew, unless it was since {@code sinceNanos}.
   *
   * @param done run once when it was fetched or could not be, on any thread
   */
  default void renew(long sinceNanos, Runnable done) {
    done.run();
  }
}
