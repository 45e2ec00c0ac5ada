package com.langdock.reliability.core.access;

/** How important a caller's requests are where not all can be served. */
public enum Priority {
  /** Gives way first. */
  LOW,
  /** The usual. */
  NORMAL,
  /** Gives way last. */
  HIGH
}
