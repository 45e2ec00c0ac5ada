package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.DayRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayTotalsTest {
  private final DayTotals totals = new DayTotals(LocalDate::ofEpochDay);

  private static JournalEntry request(long day, String client, RequestOutcome outcome) {
    return new JournalEntry(
        new RequestRow(
            new RequestRow.Ids("req_1", null, client, null, null),
            new RequestRow.Asked("m", false),
            new RequestRow.Times(day, 1, null),
            new RequestRow.Result(outcome, null, null),
            new Target("openai", "m"),
            1,
            new Cost(new Usage(10, 4, 2), 1_500L)),
        List.of(),
        List.of());
  }

  @Test
  void addsUpByNamesAndTellsWhatChanged() {
    totals.add(
        List.of(
            request(1, "a", RequestOutcome.SUCCESS),
            request(1, "a", RequestOutcome.CANCELLED),
            request(1, "a", RequestOutcome.INVALID),
            request(1, "b", RequestOutcome.FAILED),
            request(2, "a", RequestOutcome.SUCCESS)));
    List<DayRow> rows = totals.takeChanged();
    assertThat(rows)
        .extracting(row -> row.names().day() + row.names().client() + row.sums().requests())
        .containsExactly("1970-01-02a2", "1970-01-02b1", "1970-01-03a1");
    assertThat(rows.getFirst().sums().nanodollars()).isEqualTo(4);
    assertThat(totals.takeChanged()).isEmpty();
    totals.putBack(rows.subList(0, 1));
    assertThat(totals.takeChanged()).isEqualTo(rows.subList(0, 1));
  }
}
