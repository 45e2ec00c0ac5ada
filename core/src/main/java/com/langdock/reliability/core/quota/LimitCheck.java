package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks each limit of a subject whether it admits one request. Changes none of them. */
final class LimitCheck {
  /** When a slot becomes free is not known. */
  private static final long SLOT_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Period[] PERIODS = Period.values();

  private final SharingRules rules;
  private final Demand demand;
  private final Priority priority;
  private final @Nullable Subject key;
  private final long now;
  private final boolean alone;
  private List<Shortage.Want> wants = List.of();
  private @Nullable SharedPeriods periods;
  private @Nullable Unavailable unavailable;

  /**
   * The checks of one request.
   *
   * @param alone whether it has waited as long as it may for what replicas share
   */
  LimitCheck(SharingRules rules, Claimant claimant, Demand demand, long now, boolean alone) {
    this.rules = rules;
    this.demand = demand;
    this.priority = claimant.priority();
    this.key = claimant.key();
    this.now = now;
    this.alone = alone;
  }

  /** Limits of periods are shared by {@code shared}, where it is not null. */
  void periods(@Nullable SharedPeriods shared) {
    periods = shared;
  }

  /** Whether limits of periods are decided without their store. */
  boolean isAlone() {
    return alone || (periods != null && periods.isAway());
  }

  /** What has to be drawn before it can be decided. */
  List<Shortage.Want> wants() {
    return wants;
  }

  /** A limit that cannot be asked, null for none. */
  @Nullable Unavailable unavailable() {
    return unavailable;
  }

  /** What a bucket is asked for: the part that is foretold is cut to what it can ever hold. */
  long tokensOf(SubjectState state, Allowance bucket) {
    long holds = bucket.rate().burst() - kept(state, bucket.rate().burst());
    return Math.min(demand.tokens(), Math.max(demand.inputTokens(), holds));
  }

  /** Whether the slots of a subject are counted for each key. */
  boolean sharesSlots(SubjectState state) {
    return key != null
        && state.subject.isShared()
        && rules.maxShare() < SharingRules.WHOLE
        && state.limits().rates().concurrent() != SubjectLimits.UNLIMITED;
  }

  /** The refusal with the longest wait, null when all of its limits admit the request. */
  @Nullable Refusal of(AccountSet set) {
    SubjectState state = set.state;
    Refusal worst = slots(state, null);
    Allowance requests = state.requests;
    if (requests != null) {
      worst = bucket(state, LimitKind.REQUESTS_PER_MINUTE, requests, 1, worst);
    }
    Allowance tokens = state.tokens;
    if (tokens != null) {
      long needed = tokensOf(state, tokens);
      worst = bucket(state, LimitKind.TOKENS_PER_MINUTE, tokens, needed, worst);
    }
    if (state.hasPeriodLimits()) {
      for (Period period : PERIODS) {
        worst = account(set.of(period), worst);
      }
    }
    return worst;
  }

  /** The refusal of the bucket of requests alone; what is missing of slots is wanted too. */
  @Nullable Refusal ofRequests(SubjectState state) {
    Allowance requests = state.requests;
    if (state.slotPool != null) {
      slots(state, null);
    }
    return requests == null
        ? null
        : bucket(state, LimitKind.REQUESTS_PER_MINUTE, requests, 1, null);
  }

  private long kept(SubjectState state, long limit) {
    return rules.kept(state.subject, limit, priority);
  }

  private @Nullable Refusal slots(SubjectState state, @Nullable Refusal worst) {
    long limit = state.limits().rates().concurrent();
    if (limit == SubjectLimits.UNLIMITED) {
      return worst;
    }
    long kept = kept(state, limit);
    SlotPool pool = state.slotPool;
    long left =
        pool == null
            ? Math.max(0, limit - kept - state.slots.inUse())
            : pool.left(kept, now, alone);
    if (isOpen(state, LimitKind.CONCURRENT, left, 1)) {
      return worst;
    }
    if (key != null && sharesSlots(state)) {
      left = Math.min(left, rules.share(shareable(pool, limit)) - state.slots.inUse(key));
    }
    return left >= 1
        ? worst
        : worse(
            worst,
            new Refusal(
                state.subject,
                LimitKind.CONCURRENT,
                null,
                limit,
                Math.max(0, left),
                1,
                SLOT_WAIT_NANOS));
  }

  private @Nullable Refusal bucket(
      SubjectState state, LimitKind kind, Allowance bucket, long needed, @Nullable Refusal worst) {
    long kept = kept(state, bucket.rate().burst());
    long wait =
        alone ? bucket.waitNanosAlone(needed, kept, now) : bucket.waitNanos(needed, kept, now);
    if (wait == 0 || isOpen(state, kind, wait, needed)) {
      return worst;
    }
    long shown = bucket.rate().perMinute();
    long after = wait < 0 ? Refusal.NEVER : wait;
    long left = bucket.left(kept, now);
    return worse(worst, new Refusal(state.subject, kind, null, shown, left, needed, after));
  }

  /** Of the slots of all replicas, those that this one has by itself. */
  private static long shareable(@Nullable SlotPool pool, long limit) {
    return pool == null ? limit : pool.share(limit);
  }

  private void want(Shortage.Want missing) {
    wants = wants.isEmpty() ? new ArrayList<>(4) : wants;
    wants.add(missing);
  }

  /** Whether a shared limit has not decided yet; remembers what is missing. */
  private boolean isOpen(SubjectState state, LimitKind kind, long verdict, long needed) {
    if (verdict == Allowance.SHORT) {
      want(new Shortage.Want(state.subject, kind, null, needed));
      return true;
    }
    if (verdict == Allowance.UNAVAILABLE) {
      if (!state.limits().shadow()) {
        unavailable = new Unavailable(state.subject);
      }
      return true;
    }
    return false;
  }

  private @Nullable Refusal account(Account account, @Nullable Refusal worst) {
    SubjectLimits.PeriodLimits limits = account.limits();
    Refusal found = worst;
    found = ledger(account, LimitKind.REQUESTS, limits.requests(), 1, found);
    found = ledger(account, LimitKind.TOKENS, limits.tokens(), demand.tokens(), found);
    return limits.nanodollars() == SubjectLimits.UNLIMITED
        ? found
        : ledger(account, LimitKind.BUDGET, account.budget(), demand.nanodollars(), found);
  }

  private @Nullable Refusal ledger(
      Account account, LimitKind kind, long limit, long needed, @Nullable Refusal worst) {
    if (limit == SubjectLimits.UNLIMITED) {
      return worst;
    }
    Ledger ledger = account.ledger(kind);
    long kept = kept(account.state, limit);
    long open = limit - kept;
    long left = ledger.left(open);
    if (ledger.admits(needed, open)) {
      if (periods == null || account.state.limits().shadow()) {
        return worst;
      }
      Ceiling ceiling = periods.of(account).of(kind);
      left = Math.min(left, left(ceiling, ledger, limit, kept));
      if (needed <= left || lacks(ceiling, account, kind, needed)) {
        return worst;
      }
    }
    return worse(
        worst, new Refusal(account.state.subject, kind, account.period, limit, left, needed, 0));
  }

  /** What this process may admit by itself of a limit that is shared. */
  private long left(Ceiling ceiling, Ledger ledger, long limit, long kept) {
    if (periods != null && isAlone()) {
      long share = SharingRules.part(limit - kept, periods.rules().outageShare());
      return ceiling.leftAlone(ledger.own(), share, now);
    }
    long inHand = ceiling.left(ledger.own(), now);
    return kept == 0 ? inHand : Math.min(inHand, Math.max(0, inHand + ceiling.free() - kept));
  }

  /** Whether the store has to be asked, or is away and nothing may be used without it. */
  private boolean lacks(Ceiling ceiling, Account account, LimitKind kind, long needed) {
    if (periods == null || ceiling.isRefused(now)) {
      return false;
    }
    if (!isAlone()) {
      want(new Shortage.Want(account.state.subject, kind, account.period, needed));
      return true;
    }
    if (periods.rules().outageShare() == 0 && !ceiling.isExhausted()) {
      unavailable = new Unavailable(account.state.subject);
      return true;
    }
    return false;
  }

  /** The one that has to be waited for longer. */
  static Refusal worse(@Nullable Refusal a, Refusal b) {
    if (a == null || rank(a) != rank(b)) {
      return a == null || rank(b) > rank(a) ? b : a;
    }
    return b.waitNanos() > a.waitNanos() ? b : a;
  }

  private static int rank(Refusal refusal) {
    return switch (refusal.period()) {
      case null -> 0;
      case DAY -> 1;
      case MONTH -> 2;
      case TOTAL -> 3;
    };
  }
}
