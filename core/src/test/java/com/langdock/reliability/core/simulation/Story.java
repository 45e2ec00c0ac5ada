package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.SessionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A referee's record of one request. */
final class Story {
  final Set<Target> tried = new HashSet<>();

  /** What must not be tried, or not again. */
  final Set<Target> closed = new HashSet<>();

  /** Attempts that count. */
  int attempts;

  /** The targets that were called, and their providers. */
  final Set<Target> called = new HashSet<>();

  final Set<String> providersReached = new HashSet<>();

  /** When the next attempt was paid for, and when the running one was; null when it is free. */
  @Nullable Long payment;

  String paidProvider = "";

  @Nullable Long runningPayment;

  /** Whether another attempt is allowed after what was heard. */
  boolean mayGoOn = true;

  /** Whether the running attempt has given the client content. */
  boolean hasContent;

  Usage used = Usage.NONE;
  @Nullable Attempt running;
  @Nullable SessionEvent end;

  void started(Attempt attempt) {
    tried.add(attempt.target());
    attempts = attempt.number();
    running = attempt;
    hasContent = false;
  }

  void skipped(Attempt attempt) {
    closed.add(attempt.target());
    attempts--;
    running = null;
  }

  /** Whether a target is left that was not tried and would let an attempt in now. */
  boolean anotherIsReady(World world) {
    return open(world).anyMatch(target -> !tried.contains(target));
  }

  /** The targets left that would let an attempt in now, but for the request's own back-off. */
  Stream<Target> open(World world) {
    return world.targets.stream()
        .filter(target -> !closed.contains(target) && world.isOpen(target));
  }
}
