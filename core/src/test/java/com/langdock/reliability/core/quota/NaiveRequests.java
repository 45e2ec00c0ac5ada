package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.quota.Period.Dates;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** All requests that were admitted, in a list: every sum is made anew. */
final class NaiveRequests {
  private final List<Request> all = new ArrayList<>();

  /** A request that was admitted. */
  static final class Request {
    final int id;
    final long firstMoney;
    long tokens;
    long money;
    long usedTokens;
    long usedMoney;
    boolean settled;

    private final Claimant claimant;
    private final Dates dates;

    Request(int id, Claimant claimant, Demand demand, Dates dates) {
      this.id = id;
      this.claimant = claimant;
      this.dates = dates;
      this.tokens = demand.tokens();
      this.money = demand.nanodollars();
      this.firstMoney = demand.nanodollars();
    }
  }

  Request add(Claimant claimant, Demand demand, Dates dates) {
    Request request = new Request(all.size(), claimant, demand, dates);
    all.add(request);
    return request;
  }

  int size() {
    return all.size();
  }

  int open() {
    return (int) all.stream().filter(request -> !request.settled).count();
  }

  @Nullable Request anyOpen(SplittableRandom random) {
    List<Request> open = all.stream().filter(request -> !request.settled).toList();
    return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
  }

  List<Request> of(Subject subject, Period period, Dates at) {
    return all.stream()
        .filter(request -> request.claimant.subjects().contains(subject))
        .filter(request -> period.key(request.dates).equals(period.key(at)))
        .toList();
  }

  long open(Subject subject) {
    return all.stream()
        .filter(request -> !request.settled && request.claimant.subjects().contains(subject))
        .count();
  }

  long tokens(Subject subject, Period period, Dates at) {
    return of(subject, period, at).stream()
        .mapToLong(request -> request.settled ? request.usedTokens : request.tokens)
        .sum();
  }

  long money(Subject subject, Period period, Dates at) {
    return of(subject, period, at).stream()
        .mapToLong(request -> request.settled ? request.usedMoney : request.money)
        .sum();
  }
}
