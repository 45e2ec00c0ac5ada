package com.langdock.reliability.gateway.upstream;

/** Hears what a provider should not do, on any event loop. */
@FunctionalInterface
public interface UpstreamObserver {
  /** A watcher that does nothing. */
  UpstreamObserver NONE = first -> {};

  /**
   * The provider sent bytes that no request asked for.
   *
   * @param first whether its connections are not reused from now on; false while they already are
   *     not
   */
  void unsolicited(boolean first);
}
