package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.quota.CeilingGrant.Alerts;
import com.langdock.reliability.core.quota.CeilingGrant.Part;
import com.langdock.reliability.core.quota.CeilingWant.Need;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.util.HashMap;
import java.util.Map;

/**
 * What all processes use of limits that they share: the rules by which a store grants ceilings, in
 * memory. The store's SQL does the same and is tested against it; simulations use it as their
 * store.
 *
 * <p>Each process has one row for each subject and period: what it has written as used, and the
 * ceiling that was promised to it until a moment. A promise that runs counts as used, after it only
 * what was written does. There is no second counter that could drift from the rows, and a grant
 * replaces the one before, so that an answer that was lost is repaired by the next question.
 */
public final class SharedLedger {
  private final long lease;
  private final Map<Place, Map<String, Row>> places = new HashMap<>();
  private final Map<Place, Long> credits = new HashMap<>();

  /**
   * Nothing used.
   *
   * @param lease how long a ceiling is promised, in the unit of all moments
   */
  public SharedLedger(long lease) {
    this.lease = lease;
  }

  /** A subject in a period. */
  private record Place(Subject subject, String period) {}

  /** What one process wrote and was promised. */
  private static final class Row {
    private Sums used = Sums.NONE;
    private int alerted;
    private final long[] ceilings = new long[3];
    private long aliveUntil = Long.MIN_VALUE;

    long taken(int kind, long now) {
      return aliveUntil > now ? Math.max(ceilings[kind], used(kind)) : used(kind);
    }

    long used(int kind) {
      return switch (kind) {
        case 0 -> used.requests();
        case 1 -> used.inputTokens() + used.outputTokens();
        default -> used.nanodollars();
      };
    }
  }

  private Map<String, Row> rows(Subject subject, String period) {
    return places.computeIfAbsent(new Place(subject, period), created -> new HashMap<>());
  }

  /** A process writes its total over the one before. */
  public void write(String replica, UsageTotal total) {
    Row row = rows(total.subject(), total.key()).computeIfAbsent(replica, created -> new Row());
    row.used = total.sums();
    row.alerted = Math.max(row.alerted, total.alerted());
  }

  /** Adds to the budget of one period. */
  public void credit(Subject subject, String period, long nanodollars) {
    credits.merge(new Place(subject, period), nanodollars, Long::sum);
  }

  /** What all processes have written as used, in nanodollars. */
  public long spent(Subject subject, String period) {
    return rows(subject, period).values().stream().mapToLong(row -> row.used(2)).sum();
  }

  /** What one process has written as used, in nanodollars. */
  long spentBy(String replica, Subject subject, String period) {
    Row row = rows(subject, period).get(replica);
    return row == null ? 0 : row.used(2);
  }

  /** Whether a ceiling is promised to a process. */
  boolean isAlive(String replica, Subject subject, String period, long now) {
    Row row = rows(subject, period).get(replica);
    return row != null && row.aliveUntil > now;
  }

  /** Grants what a process wants, or a part of it. */
  public CeilingGrant draw(String replica, CeilingWant want, long now) {
    Map<String, Row> rows = rows(want.subject(), want.key());
    Row own = rows.computeIfAbsent(replica, created -> new Row());
    long credit = credits.getOrDefault(new Place(want.subject(), want.key()), 0L);
    long processes = 1;
    Sums others = Sums.NONE;
    int before = own.alerted;
    for (Row row : rows.values()) {
      if (row != own) {
        processes += row.aliveUntil > now ? 1 : 0;
        others = others.plus(row.used);
        before = Math.max(before, row.alerted);
      }
    }
    Part requests = part(want.requests(), 0, taken(0, rows, own, now), processes);
    Part tokens = part(want.tokens(), 0, taken(1, rows, own, now), processes);
    Part money = part(want.money(), credit, taken(2, rows, own, now), processes);
    own.ceilings[0] = want.requests().used() + requests.amount();
    own.ceilings[1] = want.tokens().used() + tokens.amount();
    own.ceilings[2] = want.money().used() + money.amount();
    own.aliveUntil = now + lease;
    Alerts alerts = alerts(want, others.nanodollars() + own.used(2), credit, own.alerted, before);
    if (alerts.now() > alerts.before()) {
      own.alerted = alerts.now(); // Only what this process is to report.
    }
    return new CeilingGrant(want, requests, tokens, money, others, credit, alerts);
  }

  private static long taken(int kind, Map<String, Row> rows, Row own, long now) {
    long taken = 0;
    for (Row row : rows.values()) {
      taken = row == own ? taken : Ledger.plus(taken, row.taken(kind, now));
    }
    return taken;
  }

  private static Part part(Need need, long credit, long byOthers, long processes) {
    if (!need.isLimited()) {
      return Part.NONE;
    }
    long taken = Ledger.plus(byOthers, need.used());
    long free = Math.max(0, Ledger.plus(need.limit(), credit) - taken);
    long amount = need.of(free, processes);
    return new Part(amount, free - amount);
  }

  private static Alerts alerts(CeilingWant want, long spent, long credit, int own, int before) {
    int reached = before;
    if (want.money().isLimited()) {
      long budget = Ledger.plus(want.money().limit(), credit);
      for (int at : want.alertAt()) {
        if (spent >= SharingRules.part(budget, at)) {
          reached = Math.max(reached, at);
        }
      }
    }
    return new Alerts(own, before, reached);
  }
}
