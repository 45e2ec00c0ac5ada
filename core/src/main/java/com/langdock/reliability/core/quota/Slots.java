package com.langdock.reliability.core.quota;

import java.util.HashMap;
import java.util.Map;

/** Counts the requests that run, and those of each key where a key may hold only a share. */
final class Slots {
  private final Map<Subject, Integer> byKey = new HashMap<>();
  private long inUse;

  /** How many run. */
  long inUse() {
    return inUse;
  }

  /** How many of {@code key} run that were counted. */
  long inUse(Subject key) {
    return byKey.getOrDefault(key, 0);
  }

  void take() {
    inUse++;
  }

  void free() {
    inUse--;
  }

  /** Counts one of {@code key}. */
  void take(Subject key) {
    byKey.merge(key, 1, Integer::sum);
  }

  /** One that was counted for {@code key} has ended. */
  void free(Subject key) {
    byKey.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
