package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceRows;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, teams and credits, on both databases. */
@Tag("e2e")
final class GovernanceStoreTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final AuditRow TRIED =
      new AuditRow(
          0,
          7,
          new AuditRow.By("boss", "127.0.0.1"),
          "create_key",
          "key:a",
          new AuditRow.Change(null, "{}"),
          "done");

  private static KeyRow key(String id) {
    return new KeyRow(
        id,
        "name-" + id,
        new KeyRow.Holder("team", null),
        "{\"models\":null}",
        new KeyRow.Secrets(KeyHash.of("sk-" + id), null, 0),
        new KeyRow.Life(1, ClientKey.NEVER, false, 0, false),
        0);
  }

  private static KeyRow full(String id, long version) {
    return new KeyRow(
        id,
        "other",
        new KeyRow.Holder(null, "somebody"),
        "{}",
        new KeyRow.Secrets(KeyHash.of("sk-new"), KeyHash.of("sk-old"), 9),
        new KeyRow.Life(1, 3, true, 4, true),
        version);
  }

  private static long put(GovernanceStore store, KeyRow key) throws SQLException {
    return store.change(change -> {
      change.putKeys(List.of(key));
      change.audit(TRIED);
      return change.version();
    });
  }

  @ParameterizedTest
  @EnumSource
  void keepsKeysAndTeamsAndTellsWhatIsNew(Databases database) throws Exception {
    GovernanceStore store = JOURNAL.open(database).governance();
    assertThat(store.version()).isZero();
    assertThat(store.since(-1)).isEqualTo(new GovernanceRows(0, List.of(), List.of(), List.of()));
    assertThat(put(store, key("a"))).isEqualTo(1);
    assertThat(put(store, key("b"))).isEqualTo(2);
    assertThat(store.since(1).keys()).extracting(KeyRow::id).containsExactly("b");
    assertThat(put(store, full("a", 0))).isEqualTo(3);
    GovernanceRows rows = store.since(2);
    assertThat(rows.version()).isEqualTo(3);
    assertThat(rows.keys()).containsExactly(full("a", 3));
    boolean isThere =
        store.change(change -> {
          assertThat(change.isHashTaken(KeyHash.of("sk-old"))).isTrue();
          assertThat(change.isHashTaken(KeyHash.of("sk-a"))).isFalse();
          assertThat(change.isNameTaken("other", "b")).as("of a revoked key").isFalse();
          assertThat(change.isNameTaken("name-b", "a")).isTrue();
          assertThat(change.isNameTaken("name-b", "b")).isFalse();
          assertThat(change.keysOf("team")).isEqualTo(1);
          change.putTeams(List.of(new TeamRow("t", "{}", 5, 0, 0)));
          change.credit("c1", new CreditRow("team:t", "total", 40), "more", TRIED);
          return change.team("t").isPresent() && change.key("b").isPresent();
        });
    assertThat(isThere).isTrue();
    store.change(change -> {
      change.credit("c2", new CreditRow("team:t", "total", 2), "more", TRIED);
      return true;
    });
    assertThat(store.since(3).teams()).containsExactly(new TeamRow("t", "{}", 5, 0, 4));
    assertThat(store.since(4).credits()).containsExactly(new CreditRow("team:t", "total", 42));
    assertThat(store.audit(Long.MAX_VALUE, 5)).extracting(AuditRow::id).containsExactly(3L, 2L, 1L);
    assertThat(store.audit(2, 5)).extracting(AuditRow::result).containsExactly("done");
  }

  @ParameterizedTest
  @EnumSource
  void undoesAChangeThatFails(Databases database) throws Exception {
    GovernanceStore store = JOURNAL.open(database).governance();
    put(store, key("a"));
    assertThatThrownBy(() ->
            store.change(change -> {
              change.putKeys(List.of(key("b")));
              throw new SQLException("no");
            }))
        .isInstanceOf(SQLException.class);
    KeyRow sameSecret =
        new KeyRow("c", "c", key("c").holder(), "{}", key("a").secrets(), key("c").life(), 0);
    assertThatThrownBy(() -> put(store, sameSecret)).isInstanceOf(SQLException.class);
    assertThat(store.since(-1).keys()).extracting(KeyRow::id).containsExactly("a");
    assertThat(store.version()).isEqualTo(1);
    assertThat(put(store, key("b"))).isEqualTo(2);
  }

  /** A number that is drawn first and committed last would be missed by a sequence. */
  @ParameterizedTest
  @EnumSource
  void showsVersionsInTheirOrderToWhoeverReadsMeanwhile(Databases database) throws Exception {
    GovernanceStore store = JOURNAL.open(database).governance();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(writer ->
                CompletableFuture.runAsync(() -> {
                  try {
                    for (int i = 0; i < 15; i++) {
                      put(store, key(writer + "-" + i));
                    }
                  } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                  }
                }))
            .toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    long seen = -1;
    int known = 0;
    while (!all.isDone() || seen < store.version()) {
      GovernanceRows rows = store.since(seen);
      long upTo = rows.version();
      known += (int) rows.keys().stream().filter(key -> key.version() <= upTo).count();
      seen = upTo;
      assertThat(known).isEqualTo((int) seen);
    }
    all.get(10, TimeUnit.SECONDS);
    assertThat(known).isEqualTo(60);
    assertThat(store.audit(Long.MAX_VALUE, 100)).hasSize(60);
  }
}
