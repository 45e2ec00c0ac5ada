package com.langdock.reliability.gateway.journal.store;

import static com.langdock.reliability.gateway.journal.store.Entries.failedOver;
import static com.langdock.reliability.gateway.journal.store.RequestFilter.newest;
import static com.langdock.reliability.gateway.journal.store.TestJournal.ids;
import static com.langdock.reliability.gateway.journal.store.TestJournal.many;
import static com.langdock.reliability.gateway.journal.store.TestJournal.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.store.RequestFilter.Who;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a store finds requests, on both databases. */
@Tag("e2e")
final class JournalSearchTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  @ParameterizedTest
  @EnumSource
  void pagesFromTheNewestOn(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, many(1, 6));
    assertThat(ids(store, newest(2))).containsExactly(Scene.id(5), Scene.id(4));
    assertThat(ids(store, new RequestFilter(2, null, null, null, Who.ANYBODY, null, Scene.id(4))))
        .containsExactly(Scene.id(3), Scene.id(2));
  }

  @ParameterizedTest
  @EnumSource
  void filtersByKeyAndTeam(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    JournalEntry mine = of(1, new RequestRow.Key("key:one", "search", null));
    write(store, mine, of(2, new RequestRow.Key("key:two", "search", null)), of(3, null));
    RequestFilter byKey =
        new RequestFilter(9, null, null, null, new Who(null, "key:one", null), null, null);
    RequestFilter byTeam =
        new RequestFilter(9, null, null, null, new Who(null, null, "search"), null, null);
    assertThat(ids(store, byKey)).containsExactly(Scene.id(1));
    assertThat(ids(store, byTeam)).containsExactly(Scene.id(2), Scene.id(1));
    assertThat(byKey.matches(mine)).isTrue();
    assertThat(byKey.matches(of(2, new RequestRow.Key("key:two", null, null)))).isFalse();
    assertThat(byTeam.matches(of(3, null))).isFalse();
  }

  private static JournalEntry of(int number, RequestRow.@Nullable Key key) {
    RequestRow row = Scene.row(number, RequestOutcome.SUCCESS, "openai", "gpt-4");
    return new JournalEntry(
        new RequestRow(
            new RequestRow.Ids(Scene.id(number), null, null, null, key),
            row.asked(),
            row.times(),
            row.result(),
            row.answeredBy(),
            row.attempts(),
            row.cost()),
        List.of(),
        List.of());
  }

  @ParameterizedTest
  @EnumSource
  void filters(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(
        store,
        Scene.ended(1, RequestOutcome.SUCCESS),
        Scene.ended(2, RequestOutcome.CANCELLED),
        new JournalEntry(
            Scene.row(3, RequestOutcome.SUCCESS, "anthropic", "claude"), List.of(), List.of()));
    assertThat(
            ids(
                store,
                new RequestFilter(
                    9, null, null, RequestOutcome.CANCELLED, Who.ANYBODY, null, null)))
        .containsExactly(Scene.id(2));
    assertThat(ids(store, new RequestFilter(9, "anthropic", null, null, Who.ANYBODY, null, null)))
        .containsExactly(Scene.id(3));
    assertThat(
            ids(
                store,
                new RequestFilter(
                    9, null, "gpt-4", RequestOutcome.SUCCESS, Who.ANYBODY, null, null)))
        .containsExactly(Scene.id(1));
    assertThat(ids(store, new RequestFilter(9, "' or 1=1 --", null, null, Who.ANYBODY, null, null)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsFailedRequestsByEveryProviderTheyTriedByClientAndByCause(Databases database)
      throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, many(0, 50));
    write(
        store,
        failedOver(101, "anthropic", RequestOutcome.SUCCESS),
        failedOver(202, "fireworks", RequestOutcome.FAILED));
    RequestFilter failed =
        new RequestFilter(9, "fireworks", null, RequestOutcome.FAILED, Who.ANYBODY, null, null);
    assertThat(ids(store, failed)).containsExactly(Scene.id(202));
    assertThat(ids(store, new RequestFilter(2, "openai", null, null, Who.ANYBODY, null, null)))
        .containsExactly(Scene.id(202), Scene.id(101));
    assertThat(
            ids(
                store,
                new RequestFilter(
                    9, null, null, null, new Who("client-1", null, null), null, null)))
        .containsExactly(Scene.id(101));
    assertThat(
            ids(store, new RequestFilter(9, null, null, null, Who.ANYBODY, "rate_limited", null)))
        .containsExactly(Scene.id(202), Scene.id(101));
    assertThat(
            ids(store, new RequestFilter(9, null, null, null, Who.ANYBODY, "provider_error", null)))
        .containsExactly(Scene.id(202));
    assertThat(ids(store, new RequestFilter(9, "nobody", null, null, Who.ANYBODY, null, null)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void pagesThroughARareNameThatOccursInDistantMinutes(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    int minute = 60_000;
    for (int i = 0; i < 12; i++) {
      write(store, Scene.ended(i * 3 * minute, RequestOutcome.SUCCESS));
      write(store, failedOver(i * 3 * minute + 7, "rare", RequestOutcome.FAILED));
    }
    List<String> found = new java.util.ArrayList<>();
    String before = null;
    for (int page = 0; page < 5; page++) {
      List<String> ids =
          ids(store, new RequestFilter(5, "rare", null, null, Who.ANYBODY, null, before));
      found.addAll(ids);
      before = ids.isEmpty() ? before : ids.getLast();
    }
    assertThat(found)
        .isEqualTo(
            IntStream.range(0, 12).mapToObj(i -> Scene.id((11 - i) * 3 * minute + 7)).toList());
  }

  @ParameterizedTest
  @EnumSource
  void removesNamesThatNoRequestHasAnyMore(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(
        store,
        failedOver(1, "rare", RequestOutcome.FAILED),
        Scene.ended(600_000, RequestOutcome.SUCCESS));
    assertThat(store.removeBefore(Scene.STARTED_AT + 60_000, 10)).isFalse();
    store.removeLeftovers(0);
    assertThat(JOURNAL.database().number("select count(*) from names_seen")).isEqualTo(2);
  }

  /** A clock on which a second passes with every look. */
  private static final class HastyTicker implements Ticker {
    private long nanos;

    @Override
    public long nanos() {
      nanos += 1_000_000_000;
      return nanos;
    }

    @Override
    public long unixMillis() {
      return 0;
    }
  }

  @Test
  void endsAReadThatTakesTooLongAndContinues() throws Exception {
    Path file = GatewayFixture.journalFile();
    try (JournalStore store = JournalStores.sqlite(file, false, new HastyTicker())) {
      for (int from = 0; from < 24_000; from += 4_000) {
        write(store, many(from, from + 4_000));
      }
      RequestFilter inEveryRow =
          new RequestFilter(9, "nobody", "gpt-4", null, Who.ANYBODY, null, null);
      assertThatThrownBy(() -> store.requests(inEveryRow))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("SQLITE_INTERRUPT");
      assertThat(store.request(Scene.id(7))).isPresent();
      write(store, many(30_000, 30_001)); // The connection does not count any more.
    }
  }
}
