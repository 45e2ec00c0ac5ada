package com.langdock.reliability.gateway.access;

import com.langdock.reliability.gateway.server.ClientRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Decides who may use the data port. Not thread-safe: one for each event loop. */
public interface Access {
  /** Whether a client at {@code address} may be let in at all; null when it has left. */
  boolean admits(@Nullable InetAddress address);

  /** Whether this request is let in, and what it may ask for. */
  Admission admit(ClientRequest request);

  /** Whether this request may be told that its path is unknown; that needs no key. */
  default Admission admitToUnknownPath(ClientRequest request) {
    return admit(request);
  }

  /** What was decided about a request. */
  sealed interface Admission permits Grant, Refusal {}

  /** Why a request is not let in. */
  sealed interface Refusal extends Admission permits Reason, ExpiredKey {}

  /** The reasons that need no more words. */
  enum Reason implements Refusal {
    /** It comes from another machine. */
    OTHER_MACHINE,

    /** It came through a proxy on this machine. */
    PROXY,

    /** Its Host header does not name this machine. */
    OTHER_HOST,

    /** It comes from a web page of another site. */
    OTHER_ORIGIN,

    /** It has no key. */
    MISSING_KEY,

    /** It has no key but one in its query, which is not read. */
    KEY_IN_QUERY,

    /** Its key is unknown, or it has several. */
    INVALID_KEY,

    /** Its key is none of the configuration, and the keys of the store are not known. */
    KEYS_UNAVAILABLE
  }

  /**
   * Its key was valid once.
   *
   * @param keyId names the key
   */
  record ExpiredKey(String keyId) implements Refusal {}
}
