package com.langdock.reliability.gateway.server;

import java.util.EnumMap;
import java.util.Map;

/** Counts the connections that were closed for their proxy's header. Thread-safe. */
public final class ProxyRefusals {
  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

  /** Why a connection was closed. */
  public enum Reason {
    /** It does not begin with a header that can be read. */
    INVALID,
    /** It comes from no trusted proxy. */
    STRANGER,
    /** The header did not come in time. */
    TIMEOUT
  }

  /** Counts one. */
  synchronized void add(Reason reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** How many were closed so. */
  public synchronized long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }
}
