package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** What all pools of a process know in common. Guarded by its {@link Quotas}. */
final class Sharing {
  /** Pools that need a command, in the order in which they came to need it. */
  final Deque<Pool> needing = new ArrayDeque<>();

  /** Pools that have something to look after. */
  final Set<Pool> holding = new LinkedHashSet<>();

  private final Set<Pool> queued = new LinkedHashSet<>();
  private final SharedRules rules;
  private int replicas;
  private boolean away;
  private SharingRules priorities;
  private Runnable wake = () -> {};

  Sharing(SharedRules rules, SharingRules priorities) {
    this.rules = rules;
    this.replicas = rules.expectedReplicas();
    this.away = !rules.hasStore();
    this.priorities = priorities;
  }

  SharedRules rules() {
    return rules;
  }

  /** Runs {@code action} whenever commands begin to be needed. */
  void wake(Runnable action) {
    wake = action;
  }

  void priorities(SharingRules next) {
    priorities = next;
  }

  /** How many replicas there are, as far as is known. */
  int replicas() {
    return replicas;
  }

  void replicas(int count) {
    replicas = Math.clamp(count, 1, SharedRules.MAX_REPLICAS);
  }

  /** Whether the store does not answer in time, or there is none. */
  boolean isAway() {
    return away;
  }

  void away(boolean now) {
    away = now;
  }

  /** Whether what is not in hand is refused while the store is away. */
  boolean refusesAway() {
    return rules.hasStore() && rules.refusesAway();
  }

  /** What must stay free of a limit, whoever draws ahead. */
  long keptAhead(Subject subject, long limit) {
    return priorities.kept(subject, limit, Priority.LOW);
  }

  /** The most that one replica holds ahead of requests: a quarter of the limit among all. */
  long ahead(long limit) {
    return limit / (4L * replicas);
  }

  /** This pool has something to look after. */
  void holds(Pool pool) {
    if (rules.hasStore()) {
      holding.add(pool);
    }
  }

  /** This pool needs a command. */
  void needs(Pool pool) {
    if (rules.hasStore() && queued.add(pool)) {
      needing.addLast(pool);
      if (needing.size() == 1) {
        wake.run();
      }
    }
  }

  /** The next pool that needs a command. */
  Pool next() {
    Pool pool = needing.removeFirst();
    queued.remove(pool);
    return pool;
  }
}
