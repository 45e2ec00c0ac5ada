package com.langdock.reliability.core.resilience;

import java.util.ArrayList;
import java.util.List;

/**
 * A retry budget as the promise it makes: since any moment of its history, no more is spent than
 * what it holds when full plus what came in since. What is left is the tightest of these limits.
 */
final class NaiveBudget {
  private record Entry(double tokens, long at) {}

  private final double perSecond;
  private final double capacity;
  private final List<Entry> history = new ArrayList<>();

  NaiveBudget(double ratio, double perSecond) {
    this.perSecond = perSecond;
    this.capacity = ratio + perSecond == 0 ? 0 : Math.max(10, 10 * perSecond);
  }

  void add(double tokens, long now) {
    history.add(new Entry(tokens, now));
  }

  double balance(long now) {
    double tightest = capacity;
    double changed = 0;
    for (Entry since : history.reversed()) {
      changed += since.tokens();
      double seconds = (now - since.at()) / 1e9;
      tightest = Math.min(tightest, capacity + changed + seconds * perSecond);
    }
    return tightest;
  }
}
