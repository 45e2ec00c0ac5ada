package com.langdock.reliability.gateway.shared;

/**
 * How many replicas there are: the most of the last five answers, so that a store that has lost its
 * data does not let a replica believe that it is alone.
 */
final class ReplicaCount {
  private static final int ANSWERS = 5;

  private final int[] last = new int[ANSWERS];
  private int next;

  /** The number with one more answer. */
  int seen(int count) {
    last[next] = count;
    next = (next + 1) % ANSWERS;
    int most = 1;
    for (int each : last) {
      most = Math.max(most, each);
    }
    return most;
  }
}
