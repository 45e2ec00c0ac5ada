package com.langdock.reliability.gateway.journal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.entry.AttemptRow;
import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.ContentsRow;
import com.langdock.reliability.gateway.journal.entry.Cost;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.Outcome;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import com.langdock.reliability.gateway.journal.entry.StepRow;
import com.langdock.reliability.gateway.journal.store.Databases.Opened;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store must do, on both databases. */
@Tag("e2e")
final class JournalStoreTest {
  private static final JournalEntry WHOLE =
      new JournalEntry(
          new RequestRow(
              Scene.id(1),
              "mine",
              "team-7",
              "4bf92f35",
              Scene.STARTED_AT,
              2_040_000,
              2_010_000L,
              true,
              Outcome.FAILED,
              "provider_timeout",
              "messages[0]",
              "gpt-4",
              "openai",
              "gpt-4",
              2,
              new Cost(new Usage(100, 10, 50), 4_500_000_000L)),
          List.of(
              new AttemptRow(
                  1,
                  "openai",
                  "gpt-4",
                  10,
                  30_000,
                  null,
                  Outcome.FAILED,
                  "rate_limited",
                  "answered 429",
                  429,
                  2_000L,
                  true,
                  Cost.NONE),
              new AttemptRow(
                  2,
                  "openai",
                  "gpt-4",
                  2_030_000,
                  10_000,
                  5_000L,
                  Outcome.SUCCESS,
                  null,
                  null,
                  null,
                  null,
                  false,
                  new Cost(new Usage(100, 10, 50), null))),
          List.of(
              new StepRow(
                  30_000, StepRow.Kind.WAIT, "openai", "gpt-4", null, null, 2_000_000L, null),
              new StepRow(
                  30_001, StepRow.Kind.MOVED, "a", "b", "openai", "gpt-4", null, "timeout")));

  private static final Cost USED = new Cost(new Usage(20, 3, 7), 41_000_000L);

  /** A request that its first attempt answered. */
  private static JournalEntry answered(
      int number, @Nullable String clientId, @Nullable Long firstToken, boolean probe) {
    return new JournalEntry(
        new RequestRow(
            Scene.id(number),
            null,
            clientId,
            number % 2 == 0 ? "4bf92f3577b34da6a3ce929d0e0e4736" : null,
            Scene.STARTED_AT + number,
            1_500,
            firstToken,
            firstToken != null,
            Outcome.SUCCESS,
            null,
            null,
            "gpt-4",
            "openai",
            "gpt-4-0613",
            1,
            USED),
        List.of(
            new AttemptRow(
                1,
                "openai",
                "gpt-4-0613",
                12,
                1_400,
                firstToken,
                Outcome.SUCCESS,
                null,
                null,
                200,
                null,
                probe,
                USED)),
        List.of());
  }

  private @Nullable Opened opened;

  @AfterEach
  void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    Databases.stop();
  }

  private JournalStore open(Databases database) throws Exception {
    opened = database.open();
    return opened.store();
  }

  private static void write(JournalStore store, JournalEntry... entries) throws SQLException {
    store.write(new JournalBatch(List.of(entries), List.of(), List.of()));
  }

  private static JournalEntry[] many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> Scene.ended(number, Outcome.SUCCESS))
        .toArray(JournalEntry[]::new);
  }

  private static List<String> ids(JournalStore store, RequestFilter filter) throws SQLException {
    return store.requests(filter).stream().map(RequestRow::requestId).toList();
  }

  private static RequestFilter newest(int limit) {
    return new RequestFilter(limit, null, null, null, null);
  }

  @ParameterizedTest
  @EnumSource
  void aJournalOfTheFirstVersionIsTakenOver(Databases database) throws Exception {
    try (Opened journal = database.open()) {
      journal.store().write(new JournalBatch(List.of(WHOLE), List.of(), List.of()));
      journal.execute(
          "drop view attempts",
          "alter table attempt_rows rename to attempts",
          "alter table requests drop column only_start_us",
          "alter table requests drop column only_latency_us",
          "alter table requests drop column only_first_token_us",
          "delete from flyway_schema_history where version = '2'");
      JournalStore again = database.at(journal.url());
      assertThat(again.request(Scene.id(1))).contains(WHOLE);
      again.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasWritten(Databases database) throws Exception {
    JournalStore store = open(database);
    write(store, WHOLE);
    assertThat(store.request(Scene.id(1))).contains(WHOLE);
    assertThat(store.request("req_0_00000000")).isEmpty();
    assertThat(store.requests(newest(5))).containsExactly(WHOLE.request());
  }

  @ParameterizedTest
  @EnumSource
  void givesBackTheOnlyAttemptThoughItHasNoRowOfItsOwn(Databases database) throws Exception {
    JournalStore store = open(database);
    JournalEntry ordinary = answered(1, null, null, false);
    JournalEntry named = answered(2, "team-7", null, false);
    JournalEntry streamed = answered(3, null, 900L, false);
    JournalEntry probing = answered(4, null, null, true);
    write(store, ordinary, named, streamed, probing);
    assertThat(store.request(Scene.id(1))).contains(ordinary);
    assertThat(store.request(Scene.id(2))).contains(named);
    assertThat(store.request(Scene.id(3))).contains(streamed);
    assertThat(store.request(Scene.id(4))).contains(probing);
    assertThat(requireNonNull(opened).number("select count(*) from attempts")).isEqualTo(4);
    assertThat(requireNonNull(opened).number("select count(*) from attempt_rows")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryOrdinaryRequestOfABatchAndTakesItTwice(Databases database) throws Exception {
    JournalStore store = open(database);
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
  void takesABatchTwiceWithoutHarm(Databases database) throws Exception {
    JournalStore store = open(database);
    write(store, WHOLE);
    write(store, WHOLE, Scene.ended(2, Outcome.SUCCESS));
    assertThat(ids(store, newest(5))).containsExactly(Scene.id(2), Scene.id(1));
    assertThat(store.request(Scene.id(1))).contains(WHOLE);
  }

  @ParameterizedTest
  @EnumSource
  void pagesFromTheNewestOn(Databases database) throws Exception {
    JournalStore store = open(database);
    write(store, many(1, 6));
    assertThat(ids(store, newest(2))).containsExactly(Scene.id(5), Scene.id(4));
    assertThat(ids(store, new RequestFilter(2, null, null, null, Scene.id(4))))
        .containsExactly(Scene.id(3), Scene.id(2));
  }

  @ParameterizedTest
  @EnumSource
  void filters(Databases database) throws Exception {
    JournalStore store = open(database);
    write(
        store,
        Scene.ended(1, Outcome.SUCCESS),
        Scene.ended(2, Outcome.CANCELLED),
        new JournalEntry(
            Scene.row(3, Outcome.SUCCESS, "anthropic", "claude"), List.of(), List.of()));
    assertThat(ids(store, new RequestFilter(9, null, null, Outcome.CANCELLED, null)))
        .containsExactly(Scene.id(2));
    assertThat(ids(store, new RequestFilter(9, "anthropic", null, null, null)))
        .containsExactly(Scene.id(3));
    assertThat(ids(store, new RequestFilter(9, null, "gpt-4", Outcome.SUCCESS, null)))
        .containsExactly(Scene.id(1));
    assertThat(ids(store, new RequestFilter(9, "' or 1=1 --", null, null, null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void removesWhatIsTooOld(Databases database) throws Exception {
    JournalStore store = open(database);
    write(store, WHOLE);
    write(store, many(10, 12));
    store.removeBefore(Scene.STARTED_AT + 11);
    assertThat(ids(store, newest(9))).containsExactly(Scene.id(11));
    assertThat(store.request(Scene.id(1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void removesTheOldestWhenItTakesTooMuch(Databases database) throws Exception {
    JournalStore store = open(database);
    for (int from = 0; from < 4_000; from += 1_000) {
      write(store, many(from, from + 1_000));
    }
    store.shrinkTo(300_000);
    List<String> left = ids(store, newest(4_000));
    assertThat(left).hasSizeLessThan(4_000).contains(Scene.id(3_999)).doesNotContain(Scene.id(0));

    store.shrinkTo(300_000); // Nothing came since: nothing more goes.
    assertThat(ids(store, newest(4_000))).isEqualTo(left);
  }

  @ParameterizedTest
  @EnumSource
  void keepsChangesOfBreakersInOrder(Databases database) throws Exception {
    JournalStore store = open(database);
    BreakerRow opens = new BreakerRow(5, "openai", "closed", "open", "5 failures in a row");
    BreakerRow probes = new BreakerRow(9, "openai", "open", "half_open", "60 s are over");
    store.write(new JournalBatch(List.of(), List.of(), List.of(probes, opens)));
    assertThat(store.breakerChanges(0, 9)).containsExactly(opens, probes);
    assertThat(store.breakerChanges(6, 8)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsContents(Databases database) throws Exception {
    JournalStore store = open(database);
    byte[] said = "Grüße".getBytes(StandardCharsets.UTF_8);
    ContentsRow contents = new ContentsRow(Scene.id(1), said, new byte[] {1}, true);
    store.write(new JournalBatch(List.of(), List.of(contents), List.of()));
    assertThat(requireNonNull(opened).contents(Scene.id(1))).isEqualTo("Grüße");
  }
}
