package com.langdock.reliability.gateway.upstream;

/** Receives protocol violations of a provider, on any event loop. */
@FunctionalInterface
public interface UpstreamObserver {
  /** Ignores all events. */
  UpstreamObserver NONE = first -> {};

  /**
   * The provider sent unsolicited bytes.
   *
   * @param first whether this starts a time without reuse of its connections
   */
  void unsolicited(boolean first);
}
