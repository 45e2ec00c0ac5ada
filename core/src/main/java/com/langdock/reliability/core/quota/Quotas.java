package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period.Dates;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All limits and all usage of one process.
 *
 * <p>A request reserves what it is expected to take under all limits of its {@link Claimant}, or
 * nothing: every limit is looked at first, and only then is something taken from each, so that
 * nothing has to be rolled back and no other request is refused by what never was. Its end settles
 * the reservation, once. Limits of {@code shadow} subjects count like others and refuse nothing.
 *
 * <p>Thread-safe: one short lock for all. Moments are monotonic nanoseconds, from any thread.
 */
public final class Quotas {
  private static final Period[] PERIODS = Period.values();

  private final Map<Subject, SubjectState> states = new HashMap<>();
  private final OpenReservations open = new OpenReservations();
  private final Deque<Account> changed = new ArrayDeque<>();
  private final boolean recorded;
  private final @Nullable Sharing sharing;
  private final @Nullable Allotments allotments;
  private SharingRules rules;
  private @Nullable SharedPeriods periods;

  /**
   * Without limits, and nothing used.
   *
   * @param recorded whether totals that change are kept for {@link #takeChanged}
   */
  public Quotas(SharingRules rules, boolean recorded) {
    this(rules, recorded, null);
  }

  /**
   * Without limits, and nothing used; other processes have the same limits.
   *
   * @param shared how rates and slots are shared with them, null where they are not
   */
  public Quotas(SharingRules rules, boolean recorded, @Nullable SharedRules shared) {
    this.rules = rules;
    this.recorded = recorded;
    this.sharing = shared == null ? null : new Sharing(shared, rules);
    this.allotments = sharing == null ? null : new Allotments(this, sharing);
  }

  /** What is drawn of shared limits; null where this process shares none. */
  public @Nullable Allotments allotments() {
    return allotments;
  }

  /** Has limits of periods shared with other processes, from the beginning; draws them. */
  public synchronized Ceilings share(CeilingRules ceilings) {
    periods = new SharedPeriods(ceilings);
    return new Ceilings(this, periods);
  }

  /** Replaces all limits; what was used stays used. Subjects that are not named have none. */
  public synchronized void limits(
      Map<Subject, SubjectLimits> next, SharingRules nextRules, long now) {
    rules = nextRules;
    if (sharing != null) {
      sharing.priorities(nextRules);
    }
    next.forEach((subject, limits) -> state(subject, now).change(limits, now));
    states.forEach((subject, state) -> {
      if (!next.containsKey(subject)) {
        state.change(SubjectLimits.NONE, now);
      }
    });
  }

  /** Replaces the limits of one subject; what was used stays used. */
  public synchronized void limits(Subject subject, SubjectLimits next, long now) {
    state(subject, now).change(next, now);
  }

  /**
   * What is known before a request is asked for.
   *
   * @param forecast the tokens of one answer that are expected
   * @param needsUsage whether there is a budget or a quota
   * @param hasBudget whether money is counted for any of its subjects
   * @param hasRates whether a client is told what is left
   */
  public record Outlook(long forecast, boolean needsUsage, boolean hasBudget, boolean hasRates) {}

  /** What is known of a claimant's next request. */
  public synchronized Outlook outlook(Claimant claimant) {
    boolean needsUsage = false;
    boolean hasBudget = false;
    boolean hasRates = false;
    for (Subject subject : claimant.subjects()) {
      SubjectState state = states.get(subject);
      if (state != null) {
        needsUsage |= state.hasPeriodLimits();
        hasBudget |= state.hasBudget();
        hasRates |= state.showsRates();
      }
    }
    return new Outlook(forecast(claimant), needsUsage, hasBudget, hasRates);
  }

  /** The tokens of one answer that are expected: of the key's last, else of the model's. */
  public synchronized long forecast(Claimant claimant) {
    return Forecast.of(claimant, states);
  }

  /** Reserves what {@code demand} says under all limits, or nothing. */
  public Decision reserve(Claimant claimant, Demand demand, long now, Dates today) {
    return reserve(claimant, demand, now, today, false);
  }

  /** The same for a request that waited for shared limits as long as it may; never short. */
  public Decision reserveAlone(Claimant claimant, Demand demand, long now, Dates today) {
    return reserve(claimant, demand, now, today, true);
  }

  private synchronized Decision reserve(
      Claimant claimant, Demand demand, long now, Dates today, boolean alone) {
    AccountSet[] sets = sets(claimant, now, today);
    LimitCheck check = new LimitCheck(rules, claimant, demand, now, alone);
    check.periods(periods);
    Refusal worst = null;
    List<Refusal> shadowed = List.of();
    for (AccountSet set : sets) {
      Refusal refusal = check.of(set);
      if (refusal != null && set.state.limits().shadow()) {
        shadowed = shadowed.isEmpty() ? new ArrayList<>() : shadowed;
        shadowed.add(refusal);
      } else if (refusal != null) {
        worst = LimitCheck.worse(worst, refusal);
      }
    }
    if (worst != null) {
      return worst;
    }
    if (check.unavailable() != null) {
      return check.unavailable();
    }
    if (!check.wants().isEmpty()) {
      want(check.wants(), claimant.priority(), today);
      return new Shortage(check.wants());
    }
    Reservation reservation = new Reservation(sets, demand, now);
    reservation.shadowed = shadowed;
    take(reservation, claimant, check);
    open.add(reservation);
    return reservation;
  }

  /** Has what is missing drawn. */
  private void want(List<Shortage.Want> wants, Priority priority, @Nullable Dates today) {
    for (Shortage.Want want : wants) {
      SubjectState state = states.get(want.subject());
      Period period = want.period();
      if (state != null && period != null && periods != null && today != null) {
        periods.ask(state.on(today).of(period), want);
      }
      Pool pool = state == null || period != null ? null : state.pool(want.kind());
      if (state != null && pool != null) {
        pool.want(want.needed(), state.kept(want.kind(), rules, priority));
      }
    }
  }

  private void take(Reservation reservation, Claimant claimant, LimitCheck check) {
    Subject key = claimant.key();
    long now = reservation.openedAt;
    for (int i = 0; i < reservation.sets.length; i++) {
      AccountSet set = reservation.sets[i];
      SubjectState state = set.state;
      state.takeSlot();
      if (key != null && check.sharesSlots(state)) {
        state.slots.take(key);
        reservation.slotOf(i, key);
      }
      if (state.requests != null) {
        state.requests.take(1, now);
      }
      if (state.tokens != null) {
        long ofBucket = check.tokensOf(state, state.tokens);
        reservation.ofBucket(i, ofBucket);
        state.tokens.take(ofBucket, now);
      }
      set.holdRequest();
      set.hold(reservation.tokens, reservation.nanodollars);
      if (periods != null) {
        periods.taken(set, reservation, check.isAlone());
      }
      change(set.total());
    }
  }

  /**
   * Adds to what an open reservation holds, whatever the limits say.
   *
   * @return whether no budget and no quota is passed, by this request and all others together
   */
  public synchronized boolean extend(Reservation reservation, Demand more, long now) {
    if (reservation.settled) {
      return true;
    }
    boolean within = true;
    for (int i = 0; i < reservation.sets.length; i++) {
      AccountSet set = reservation.sets[i];
      Allowance tokens = set.state.tokens;
      if (tokens != null) {
        long held = reservation.ofBucket(i);
        tokens.adjust(held, held + more.tokens(), now);
      }
      set.hold(more.tokens(), more.nanodollars());
      if (periods != null) {
        periods.extended(set, more, now);
      }
      within &= set.state.limits().shadow() || !set.isPassed(now);
    }
    reservation.extended(more);
    return within;
  }

  /**
   * Ends a reservation: what it holds is replaced by what was used. A second time changes nothing.
   *
   * @param nanodollars what {@code usage} cost
   * @param answers whole ones, zero where the request did not succeed
   */
  public synchronized Settlement settle(
      Reservation reservation, Usage usage, long nanodollars, int answers, long now) {
    if (reservation.settled) {
      return Settlement.REPEATED;
    }
    reservation.settled = true;
    open.remove(reservation);
    Settled settled = new Settled(reservation, usage, nanodollars);
    for (int i = 0; i < reservation.sets.length; i++) {
      SubjectState state = reservation.sets[i].state;
      settled.settle(i, now);
      if (answers > 0 && state.hasForecast()) {
        state.forecast.add(usage.outputTokens() / answers);
      }
      for (Period period : PERIODS) {
        change(reservation.sets[i].of(period));
      }
    }
    return settled.result();
  }

  /** Charges one request that was refused before it could reserve, into debt if need be. */
  public synchronized void charge(Claimant claimant, long now, Dates today) {
    for (AccountSet set : sets(claimant, now, today)) {
      if (set.state.requests != null) {
        set.state.requests.take(1, now);
      }
      for (Period period : PERIODS) {
        Account account = set.of(period);
        account.requests.settle(0, 1);
        change(account);
      }
    }
  }

  /** The refusal of an empty bucket of requests; what is missing of shared ones is drawn. */
  public synchronized @Nullable Refusal refusesRequests(Claimant claimant, long now) {
    LimitCheck check = new LimitCheck(rules, claimant, Demand.NONE, now, false);
    Refusal worst = null;
    for (Subject subject : claimant.subjects()) {
      SubjectState state = states.get(subject);
      Refusal refusal = state == null || state.limits().shadow() ? null : check.ofRequests(state);
      worst = refusal == null ? worst : LimitCheck.worse(worst, refusal);
    }
    if (worst == null && !check.wants().isEmpty()) {
      want(check.wants(), claimant.priority(), null);
    }
    return worst;
  }

  /** What is left of the rates that a caller counts under. */
  public synchronized Standing standing(Claimant claimant, long now) {
    Standing standing = Standing.NONE;
    for (Subject subject : claimant.subjects()) {
      SubjectState state = states.get(subject);
      if (state != null && state.showsRates()) {
        standing = standing.and(state, rules, claimant.priority(), now);
      }
    }
    return standing;
  }

  /** What is left of each limit of a subject, for requests of high priority. */
  public synchronized List<Standing.OfLimit> standing(Subject subject, long now, Dates today) {
    SubjectState state = states.get(subject);
    return state == null ? List.of() : LimitList.of(state.on(today), now);
  }

  /** The usage of a subject, that of earlier processes included. */
  public synchronized UsageTotal usage(Subject subject, Period period, Dates today) {
    SubjectState state = states.get(subject);
    if (state == null) {
      return UsageTotal.none(subject, period, period.key(today));
    }
    Account account = state.on(today).of(period);
    return account.total(account.all(), UsageTotal.Buckets.FULL);
  }

  /** The subjects that have limits or were used. */
  public synchronized List<Subject> subjects() {
    return List.copyOf(states.keySet());
  }

  /** How many reservations are open. */
  public synchronized int open() {
    return open.count();
  }

  /** The oldest open reservation if it was opened before {@code moment}, which it should not be. */
  public synchronized @Nullable Reservation overdue(long moment) {
    return open.before(moment);
  }

  /** Sets what earlier processes used in a period, and how full they left the buckets. */
  public synchronized void before(UsageTotal total, long now) {
    SubjectState state = state(total.subject(), now);
    Account account = state.account(total.period(), total.key());
    account.before(total.sums());
    account.alerted = Math.max(account.alerted, total.alerted());
    if (state.requests != null) {
      state.requests.fullAt(now + total.buckets().requests(), now);
    }
    if (state.tokens != null) {
      state.tokens.fullAt(now + total.buckets().tokens(), now);
    }
  }

  /** Sets what was added to the budget of one period. */
  public synchronized void credit(Subject subject, Period period, String key, long nanodollars) {
    Account account = state(subject, 0).account(period, key);
    if (account.credit != nanodollars) {
      account.credit = nanodollars;
      account.forgetCeilings();
    }
  }

  /** At most {@code most} totals that changed since they were last taken. */
  public synchronized List<UsageTotal> takeChanged(int most, long now) {
    List<UsageTotal> totals = new ArrayList<>(Math.min(most, changed.size()));
    while (totals.size() < most && !changed.isEmpty()) {
      totals.add(changed.removeFirst().takeTotal(now));
    }
    return totals;
  }

  /** Lets totals be taken again, since they were not written. */
  public synchronized void putBack(List<UsageTotal> totals) {
    for (UsageTotal total : totals) {
      change(state(total.subject(), 0).account(total.period(), total.key()));
    }
  }

  private void change(Account account) {
    if (recorded && !account.changed) {
      account.changed = true;
      changed.addLast(account);
    }
  }

  private AccountSet[] sets(Claimant claimant, long now, Dates today) {
    List<Subject> subjects = claimant.subjects();
    AccountSet[] sets = new AccountSet[subjects.size()];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = state(subjects.get(i), now).on(today);
    }
    return sets;
  }

  /** The account of a subject in a period. */
  synchronized Account account(Subject subject, Period period, String key) {
    return state(subject, 0).account(period, key);
  }

  private SubjectState state(Subject subject, long now) {
    SubjectState state = states.get(subject);
    if (state == null) {
      state = new SubjectState(subject, sharing, now);
      states.put(subject, state);
    }
    return state;
  }
}
