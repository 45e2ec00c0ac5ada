package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Period.Dates;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.SharedRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the whole process and what is used of them, from one configuration to the next.
 * Thread-safe.
 */
public final class ProcessLimits {
  /** A reservation that is not settled so long after the longest stream was lost. */
  private static final long GRACE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ticker ticker;
  private final Quotas quotas;
  private final LimitListener listener;
  private final Calendar calendar;

  /** The limits of subjects that are not of the configuration. */
  private final Map<Subject, SubjectLimits> stored = new HashMap<>();

  private Map<Subject, SubjectLimits> configured;
  private volatile long longestNanos;
  private volatile boolean ready;
  private volatile @Nullable CeilingDraws draws;
  private volatile long waitNanos;
  private volatile Drawing drawing = Runnable::run;

  /**
   * Limits that begin with {@code rules} and nothing used.
   *
   * @param recorded whether totals are written down
   */
  public ProcessLimits(Ticker ticker, LimitRules rules, boolean recorded, LimitListener listener) {
    this(ticker, rules, recorded, listener, null);
  }

  /**
   * Limits that begin with {@code rules} and nothing used.
   *
   * @param recorded whether totals are written down
   * @param shared how rates and slots are shared with other processes, null where they are not
   */
  public ProcessLimits(
      Ticker ticker,
      LimitRules rules,
      boolean recorded,
      LimitListener listener,
      @Nullable SharedRules shared) {
    this.ticker = ticker;
    this.quotas = new Quotas(rules.sharing(), recorded, shared);
    this.listener = listener;
    this.ready = !recorded;
    this.configured = rules.subjects();
    this.calendar = new Calendar(ticker, rules.zone());
    quotas.limits(rules.subjects(), rules.sharing(), ticker.nanos());
  }

  /**
   * Replaces the limits; what was used stays used.
   *
   * @param longestNanos the longest that a request may take
   */
  public synchronized void use(LimitRules rules, long longestNanos) {
    this.longestNanos = Math.max(this.longestNanos, longestNanos);
    calendar.zone(rules.zone());
    configured = rules.subjects();
    Map<Subject, SubjectLimits> all = new HashMap<>(stored);
    all.putAll(configured);
    quotas.limits(all, rules.sharing(), ticker.nanos());
  }

  /**
   * Replaces the limits of some subjects that are not of the configuration, which has precedence;
   * what was used stays used.
   */
  public synchronized void change(Map<Subject, SubjectLimits> next) {
    next.forEach((subject, limits) -> {
      SubjectLimits before = limits.isNone() ? stored.remove(subject) : stored.put(subject, limits);
      boolean changes = !limits.equals(before == null ? SubjectLimits.NONE : before);
      if (changes && !configured.containsKey(subject)) {
        quotas.limits(subject, limits, ticker.nanos());
      }
    });
  }

  /** Whether what earlier processes used is known, so that budgets can be decided. */
  public boolean isReady() {
    return ready;
  }

  /** What earlier processes used is known from now on. */
  public void ready() {
    ready = true;
  }

  /**
   * Days and months begin by the store's clock, which showed {@code unixMillis} at {@code nanos}.
   */
  public void synchronise(long unixMillis, long nanos) {
    calendar.follow(unixMillis, nanos);
  }

  /** Rates and slots are drawn by {@code by} from now on, for which requests wait so long. */
  public void drawnBy(Drawing by, long nanos) {
    waitNanos = nanos;
    drawing = by;
  }

  /** What draws rates and slots. */
  Drawing drawing() {
    return drawing;
  }

  /** The longest that a request waits for rates and slots. */
  long waitNanos() {
    return waitNanos;
  }

  /** Limits of periods are drawn by {@code next} from now on. */
  public void drawnBy(CeilingDraws next) {
    draws = next;
  }

  /** What draws limits of periods; null where no other process shares them. */
  @Nullable CeilingDraws draws() {
    return draws;
  }

  /** The day of a moment in milliseconds since 1970. */
  public LocalDate dayOf(long unixMillis) {
    return calendar.dayOf(unixMillis);
  }

  /** All limits and usage. */
  public Quotas quotas() {
    return quotas;
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** The monotonic clock. */
  public long nanos() {
    return ticker.nanos();
  }

  /** The current day and month. */
  public Dates today() {
    return calendar.today();
  }

  /** Nanoseconds until a period ends; {@link Long#MAX_VALUE} where it never does. */
  public long untilEndNanos(Period period) {
    return calendar.untilEndNanos(period);
  }

  LimitListener listener() {
    return listener;
  }

  /** Charges the estimates of requests that should have ended long ago; called now and then. */
  public void chargeLost() {
    long now = ticker.nanos();
    long moment = now - longestNanos - GRACE_NANOS;
    Reservation lost = quotas.overdue(moment);
    while (lost != null) {
      listener.lost(lost);
      quotas.settle(lost, new Usage(lost.tokens(), 0, 0), lost.nanodollars(), 0, now);
      lost = quotas.overdue(moment);
    }
  }
}
