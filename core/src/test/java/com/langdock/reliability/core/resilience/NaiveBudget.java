package com.langdock.reliability.core.resilience;

import java.util.ArrayList;
import java.util.List;

/** A retry budget that keeps its full history and recomputes its balance each time. */
final class NaiveBudget {
  private static final long SECOND = 1_000_000_000L;

  private record Change(double tokens, boolean isRequest, long at) {}

  private final double ratio;
  private final double perSecond;
  private final List<Change> history = new ArrayList<>();
  private long beganAt;
  private boolean begun;

  NaiveBudget(double ratio, double perSecond) {
    this.ratio = ratio;
    this.perSecond = perSecond;
  }

  void deposit(long now) {
    begin(now);
    history.add(new Change(ratio, true, now));
  }

  void withdraw(double tokens, long now) {
    begin(now);
    history.add(new Change(-tokens, false, now));
  }

  double balance(long now) {
    begin(now);
    double balance = capacity(0, beganAt);
    double largest = balance;
    long at = beganAt;
    for (int i = 0; i < history.size(); i++) {
      Change change = history.get(i);
      balance = filled(balance, at, change.at(), i);
      double capacity = capacity(i + 1, change.at());
      double growth = Math.max(0, capacity - largest);
      largest += growth;
      balance = Math.min(capacity, balance + growth + change.tokens());
      at = change.at();
    }
    return filled(balance, at, now, history.size());
  }

  private double filled(double balance, long from, long to, int changes) {
    double passed = (to - from) / (double) SECOND;
    return Math.min(capacity(changes, to), balance + passed * perSecond);
  }

  /** What the budget may hold after the first {@code changes}. */
  private double capacity(int changes, long now) {
    double saved = 10 * perSecond + requests(changes, now) * ratio;
    return ratio + perSecond == 0 ? 0 : Math.max(10, saved);
  }

  private long requests(int changes, long now) {
    long count = 0;
    for (Change change : history.subList(0, changes)) {
      count += change.isRequest() && second(now) - second(change.at()) < 10 ? 1 : 0;
    }
    return count;
  }

  private long second(long moment) {
    return (moment - beganAt) / SECOND;
  }

  private void begin(long now) {
    if (!begun) {
      begun = true;
      beganAt = now;
    }
  }
}
