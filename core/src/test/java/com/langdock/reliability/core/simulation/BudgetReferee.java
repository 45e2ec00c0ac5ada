package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows the invariant of the retry budgets: one for each provider, paid by repeats only. */
final class BudgetReferee {
  /**
   * Moments of one provider: requests that reached it first, payments for repeats, and payments
   * that were given back.
   */
  private record Account(List<Long> requests, List<Long> paid, List<Long> returned) {}

  private final World world;
  private final Map<String, Account> accounts = new HashMap<>();

  BudgetReferee(World world) {
    this.world = world;
  }

  /** A wait for a target that the request has called is paid when it begins. */
  void scheduled(Story story, Target target, long now) {
    notStarted(story, now);
    story.payment = story.called.contains(target) ? now : null;
    story.paidProvider = target.provider();
  }

  /** A wait ends without an attempt at its target: its payment is given back. */
  void notStarted(Story story, long now) {
    if (story.payment != null) {
      account(story.paidProvider).returned().add(now);
      story.payment = null;
    }
  }

  void started(Story story, Attempt attempt, long now) {
    Target target = attempt.target();
    Account account = account(target.provider());
    if (story.providersReached.add(target.provider())) {
      account.requests().add(now);
    }
    if (!story.called.contains(target)) {
      notStarted(story, now);
    }
    Long payment = story.payment;
    story.payment = null;
    story.runningPayment = null;
    if (!story.called.add(target)) {
      story.runningPayment = payment == null ? now : payment;
      account.paid().add(story.runningPayment);
    }
  }

  /** The provider was not called after all: the payment is given back. */
  void skipped(Story story, Attempt attempt, long now) {
    @Nullable Long payment = story.runningPayment;
    if (payment != null) {
      Account account = account(attempt.target().provider());
      account.paid().remove(payment);
      account.returned().add(now);
    }
  }

  /** Over any window: at most a full bucket, what time adds and what the requests add. */
  void whistle() {
    accounts.values().forEach(this::whistle);
  }

  private void whistle(Account account) {
    List<Long> paid = account.paid().stream().sorted((a, b) -> Long.signum(a - b)).toList();
    for (int first = 0; first < paid.size(); first++) {
      long from = paid.get(first);
      for (int last = first; last < paid.size(); last++) {
        long to = paid.get(last);
        double seconds = (to - from) / (double) World.SECOND;
        assertThat((double) last - first + 1)
            .as("repeats within %.1f s", seconds)
            .isLessThanOrEqualTo(
                capacity(account, to)
                    + seconds * world.minPerSecond
                    + within(account.requests(), from, to) * world.ratio
                    + within(account.returned(), from, to)
                    + 1e-6);
      }
    }
  }

  private double capacity(Account account, long at) {
    boolean none = world.ratio == 0 && world.minPerSecond == 0;
    return none ? 0 : Math.max(10, 10 * world.minPerSecond + busiest(account, at) * world.ratio);
  }

  /** The most requests that any ten seconds had until then. */
  private static long busiest(Account account, long until) {
    return account.requests().stream()
        .filter(at -> until - at >= 0)
        .mapToLong(at -> within(account.requests(), at - 10 * World.SECOND, at))
        .max()
        .orElse(0);
  }

  private static long within(List<Long> moments, long from, long to) {
    return moments.stream().filter(at -> at - from >= 0 && to - at >= 0).count();
  }

  private Account account(String provider) {
    return accounts.computeIfAbsent(
        provider, fresh -> new Account(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
  }
}
