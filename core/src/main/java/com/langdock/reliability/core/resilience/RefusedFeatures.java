package com.langdock.reliability.core.resilience;

import java.util.HashSet;
import java.util.Set;

/** What a target was seen to refuse of that which the gateway adds to requests. Thread-safe. */
final class RefusedFeatures {
  private static final long PREFILL_MEMORY_NANOS = 3_600_000_000_000L;

  /** The gateway adds few fields; a provider that refuses more than this refuses something else. */
  private static final int MAX_OMITTED = 8;

  private volatile long prefillRejectedUntil;
  private volatile boolean prefillRejected;
  private volatile Set<String> omittedFields = Set.of();

  /** Records that a prefill was rejected; kept for an hour. */
  void recordPrefillRejected(long now) {
    prefillRejectedUntil = now + PREFILL_MEMORY_NANOS;
    prefillRejected = true;
  }

  /** Whether a prefill was rejected within the last hour. */
  boolean isPrefillRejected(long now) {
    return prefillRejected && prefillRejectedUntil - now > 0;
  }

  /**
   * Records that {@code field} is refused.
   *
   * @return false when it was known already, or when {@value #MAX_OMITTED} others are
   */
  synchronized boolean omit(String field) {
    if (omittedFields.contains(field) || omittedFields.size() >= MAX_OMITTED) {
      return false;
    }
    Set<String> more = new HashSet<>(omittedFields);
    more.add(field);
    omittedFields = Set.copyOf(more);
    return true;
  }

  /** The refused fields; usually empty. */
  Set<String> omittedFields() {
    return omittedFields;
  }
}
