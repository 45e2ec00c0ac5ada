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

  /** What was decided about a request. */
  sealed interface Admission permits Grant, Refusal {}

  /** Why a request is not let in. */
  enum Refusal implements Admission {
    /** It comes from another machine. */
    OTHER_MACHINE,

    /** It came through a proxy on this machine. */
    PROXY,

    /** Its Host header does not name this machine. */
    OTHER_HOST,

    /** It comes from a web page of another site. */
    OTHER_ORIGIN
  }
}
