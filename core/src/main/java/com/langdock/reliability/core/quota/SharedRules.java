package com.langdock.reliability.core.quota;

/**
 * How replicas share rates and slots.
 *
 * @param expectedReplicas how many there are, until the true number is known
 * @param hasStore whether there is a store to draw from; else each replica has its share
 * @param refusesAway whether nothing is admitted beyond what is in hand while the store is away
 */
public record SharedRules(int expectedReplicas, boolean hasStore, boolean refusesAway) {
  /** The most replicas. */
  public static final int MAX_REPLICAS = 10_000;

  /** Checks the number of replicas. */
  public SharedRules {
    if (expectedReplicas < 1 || expectedReplicas > MAX_REPLICAS) {
      throw new IllegalArgumentException("no number of replicas: " + expectedReplicas);
    }
  }
}
