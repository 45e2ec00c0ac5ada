package com.langdock.reliability.gateway.journal.store;

import static com.langdock.reliability.gateway.journal.store.Entries.WHOLE;
import static com.langdock.reliability.gateway.journal.store.Entries.answered;
import static com.langdock.reliability.gateway.journal.store.RequestFilter.newest;
import static com.langdock.reliability.gateway.journal.store.TestJournal.ids;
import static com.langdock.reliability.gateway.journal.store.TestJournal.many;
import static com.langdock.reliability.gateway.journal.store.TestJournal.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.gateway.journal.Scene;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store must do, on both databases. */
@Tag("e2e")
final class JournalStoreTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  @ParameterizedTest
  @EnumSource
  void readsWhatWasWritten(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, WHOLE);
    assertThat(store.request(Scene.id(1))).contains(WHOLE);
    assertThat(store.request("req_0_00000000")).isEmpty();
    assertThat(store.requests(newest(5))).containsExactly(WHOLE.request());
  }

  @ParameterizedTest
  @EnumSource
  void readsTheOnlyAttemptThoughItHasNoRowOfItsOwn(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    JournalEntry ordinary = answered(1, null, null, false);
    JournalEntry named = answered(2, "team-7", null, false);
    JournalEntry streamed = answered(3, null, 900L, false);
    JournalEntry probing = answered(4, null, null, true);
    write(store, ordinary, named, streamed, probing);
    assertThat(store.request(Scene.id(1))).contains(ordinary);
    assertThat(store.request(Scene.id(2))).contains(named);
    assertThat(store.request(Scene.id(3))).contains(streamed);
    assertThat(store.request(Scene.id(4))).contains(probing);
    assertThat(JOURNAL.database().number("select count(*) from attempts")).isEqualTo(4);
    assertThat(JOURNAL.database().number("select count(*) from attempt_rows")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsABatchOfOrdinaryRequestsTwice(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    JournalEntry[] batch =
        IntStream.range(0, 100)
            .mapToObj(number -> answered(number, null, null, false))
            .toArray(JournalEntry[]::new);
    write(store, batch);
    write(store, batch);
    for (JournalEntry entry : batch) {
      assertThat(store.request(entry.request().requestId())).contains(entry);
    }
    assertThat(store.requests(newest(200))).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsABatchTwice(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, WHOLE);
    write(store, WHOLE, Scene.ended(2, RequestOutcome.SUCCESS));
    assertThat(ids(store, newest(5))).containsExactly(Scene.id(2), Scene.id(1));
    assertThat(store.request(Scene.id(1))).contains(WHOLE);
  }

  @ParameterizedTest
  @EnumSource
  void removesWhatIsTooOldAFewAtATime(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, WHOLE);
    write(store, many(10, 15));
    long cutoff = Scene.STARTED_AT + 13;
    assertThat(store.removeBefore(cutoff, 2)).isTrue();
    assertThat(ids(store, newest(9))).endsWith(Scene.id(11));
    assertThat(store.request(Scene.id(1))).isEmpty();
    assertThat(JOURNAL.database().number("select count(*) from steps")).isZero();
    assertThat(JOURNAL.database().number("select count(*) from attempt_rows")).isZero();
    assertThat(store.removeBefore(cutoff, 2)).isFalse();
    assertThat(ids(store, newest(9))).containsExactly(Scene.id(14), Scene.id(13));
    assertThat(store.removeBefore(cutoff, 2)).isFalse();
    assertThat(store.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void doesNotGrowWhenRequestsAreRemoved(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, many(0, 4_000));
    long full = store.size();
    assertThat(full).isPositive();
    assertThat(store.removeBefore(Long.MAX_VALUE, 3_000)).isTrue();
    assertThat(store.size()).isLessThanOrEqualTo(full);
    assertThat(ids(store, newest(4_000))).hasSize(1_000).contains(Scene.id(3_999));
  }

  @ParameterizedTest
  @EnumSource
  void keepsChangesOfBreakersInOrder(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    BreakerRow opens = new BreakerRow(5, "openai", "closed", "open", "5 failures in a row");
    BreakerRow probes = new BreakerRow(9, "openai", "open", "half_open", "60 s are over");
    store.write(new JournalBatch(List.of(), List.of(), List.of(probes, opens)));
    assertThat(store.breakerChanges(0, 9)).containsExactly(opens, probes);
    assertThat(store.breakerChanges(6, 8)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsContents(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    byte[] said = "Grüße".getBytes(StandardCharsets.UTF_8);
    ContentsRow contents = new ContentsRow(Scene.id(1), said, new byte[] {1}, true);
    store.write(new JournalBatch(List.of(), List.of(contents), List.of()));
    assertThat(JOURNAL.database().contents(Scene.id(1))).isEqualTo("Grüße");
  }

  @ParameterizedTest
  @EnumSource
  void keepsAChangeThatIsWrittenAgainOnce(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    BreakerRow opens = new BreakerRow(5, "openai", "closed", "open", "5 failures in a row");
    JournalBatch batch = new JournalBatch(List.of(), List.of(), List.of(opens, opens));
    store.write(batch);
    store.write(batch);
    assertThat(store.breakerChanges(0, 9)).containsExactly(opens);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTextsWithNul(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    JournalEntry named = answered(1, "a\0b", null, false);
    byte[] said = {'a', 0, 'b'};
    store.write(
        new JournalBatch(
            List.of(named, answered(2, null, null, false)),
            List.of(new ContentsRow(Scene.id(1), said, said, false)),
            List.of()));
    assertThat(store.request(Scene.id(1)).orElseThrow().request().ids().client())
        .isEqualTo("a\uFFFDb");
    assertThat(store.request(Scene.id(2))).isPresent();
    assertThat(JOURNAL.database().contents(Scene.id(1))).isEqualTo("a\0b");
  }

  @ParameterizedTest
  @EnumSource
  void distinguishesARefusedRowFromADatabaseThatIsAway(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    JOURNAL
        .database()
        .execute(
            "alter table contents rename to kept",
            "create table contents (request_id text primary key check (request_id <> '"
                + Scene.id(2)
                + "'), request "
                + (database == Databases.SQLITE ? "blob" : "bytea")
                + ", answer "
                + (database == Databases.SQLITE ? "blob" : "bytea")
                + ", cut smallint)");
    byte[] said = {1};
    List<ContentsRow> contents =
        IntStream.range(0, 4)
            .mapToObj(number -> new ContentsRow(Scene.id(number), said, said, false))
            .toList();
    JournalBatch bad = new JournalBatch(List.of(WHOLE), contents, List.of());
    assertThatThrownBy(() -> store.write(bad)).isInstanceOf(RefusedBatchException.class);
    assertThat(JOURNAL.database().number("select count(*) from requests")).isZero();
    assertThat(JOURNAL.database().number("select count(*) from contents")).isZero();
    store.write(new JournalBatch(List.of(WHOLE), contents.subList(0, 2), List.of()));
    assertThat(store.requests(newest(9))).hasSize(1);
  }
}
