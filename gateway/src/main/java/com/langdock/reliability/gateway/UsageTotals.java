package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal;
import com.langdock.reliability.gateway.journal.UsageSource;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.UsagePart;
import com.langdock.reliability.gateway.journal.store.UsageRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Joins the limits to the store: what earlier processes used is read once, what this one uses is
 * written with its requests, under a name of its own.
 */
final class UsageTotals implements UsageSource {
  /** So many totals go with one batch; the rest with the next ones. */
  private static final int MOST = 20_000;

  private final ProcessLimits limits;
  private final DayTotals days;
  private final Ticker ticker;
  private final String replica;

  /**
   * Totals of this process.
   *
   * @param replica its name, which no other process ever had
   */
  UsageTotals(ProcessLimits limits, Ticker ticker, String replica) {
    this.limits = limits;
    this.ticker = ticker;
    this.replica = replica;
    this.days = new DayTotals(limits::dayOf);
  }

  @Override
  public boolean isRead() {
    return limits.isReady();
  }

  @Override
  public void read(JournalStore store) throws SQLException {
    Period.Dates today = limits.today();
    List<String> periods =
        List.of(Period.DAY.key(today), Period.MONTH.key(today), Period.TOTAL.key(today));
    List<UsageRow> rows = store.usage(periods);
    List<CreditRow> credits = store.credits(periods);
    Quotas quotas = limits.quotas();
    long now = ticker.nanos();
    for (UsageRow row : rows) {
      UsageTotal total = total(row);
      if (total != null) {
        quotas.before(total, now);
      }
    }
    for (CreditRow credit : credits) {
      Subject subject = Subject.parse(credit.subject());
      if (subject != null) {
        quotas.credit(subject, Period.of(credit.period()), credit.period(), credit.nanodollars());
      }
    }
    limits.ready();
  }

  @Override
  public void add(List<JournalEntry> entries) {
    days.add(entries);
  }

  @Override
  public UsagePart take() {
    List<UsageRow> rows = new ArrayList<>();
    for (UsageTotal total : limits.quotas().takeChanged(MOST, ticker.nanos())) {
      rows.add(row(total));
    }
    return new UsagePart(replica, rows, days.takeChanged());
  }

  @Override
  public void putBack(UsagePart usage) {
    List<UsageTotal> totals = new ArrayList<>();
    for (UsageRow row : usage.totals()) {
      UsageTotal total = total(row);
      if (total != null) {
        totals.add(total);
      }
    }
    limits.quotas().putBack(totals);
    days.putBack(usage.days());
  }

  private UsageRow row(UsageTotal total) {
    return new UsageRow(
        total.subject().toString(),
        total.key(),
        total.sums(),
        total.alerted(),
        moment(total.buckets().requests()),
        moment(total.buckets().tokens()));
  }

  private @Nullable UsageTotal total(UsageRow row) {
    Subject subject = Subject.parse(row.subject());
    return subject == null
        ? null
        : new UsageTotal(
            subject,
            Period.of(row.period()),
            row.period(),
            row.sums(),
            row.alerted(),
            new UsageTotal.Buckets(nanosUntil(row.fullRequests()), nanosUntil(row.fullTokens())));
  }

  private long moment(long nanos) {
    return nanos == 0 ? 0 : ticker.unixMillis() + TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
  }

  private long nanosUntil(long moment) {
    return Math.max(0, TimeUnit.MILLISECONDS.toNanos(moment - ticker.unixMillis()));
  }
}
