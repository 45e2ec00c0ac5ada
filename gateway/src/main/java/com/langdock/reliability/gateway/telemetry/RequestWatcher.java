package com.langdock.reliability.gateway.telemetry;

/** Watches requests: the log, the meters, the traces, the journal. */
@FunctionalInterface
public interface RequestWatcher {
  /** Who observes a request whose last byte has just come in. */
  RequestObserver observe(RequestStart request);
}
