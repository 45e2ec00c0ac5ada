package com.langdock.reliability.core.quota;

/** How soon a request is refused when what it shares with others runs short. */
public enum Priority {
  /** Last. */
  HIGH,
  /** As usual. */
  NORMAL,
  /** First. */
  LOW
}
