package com.langdock.reliability.e2e.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.journal.store.JournalStore;
import com.langdock.reliability.gateway.journal.store.JournalStores;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 100,000 keys of 1,000 teams in the store. */
@Tag("e2e")
class ManyKeysE2eTest {
  private static final int KEYS = 100_000;
  private static final int TEAMS = 1_000;

  @Test
  void areReadAtTheStartAndMakeNoSeriesOfTheirOwn() throws SQLException {
    long few;
    try (KeysFixture ten = with(10, 2)) {
      ten.ask("sk-key-7").isAnsweredBy("openai");
      ten.ask("sk-key-100000").isError(401, "invalid_api_key");
      few = series(ten);
    }
    try (KeysFixture many = with(KEYS, TEAMS)) {
      KeysFixture.await(
          () -> many.gateway.metric("gateway_keys", Map.of("source", "store")) == KEYS);
      many.ask("sk-key-99999").isAnsweredBy("openai");
      many.ask("sk-key-100000").isError(401, "invalid_api_key");
      assertThat(series(many)).isEqualTo(few);
      String page = many.text("/api/keys?limit=500&team=team-7").body();
      assertThat(page).contains("\"name\":\"name-7\"").doesNotContain("name-8\"");
      String key = many.create("{\"name\":\"one-more\"}").path("key").asString("");
      many.ask(key).isAnsweredBy("openai");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static KeysFixture with(int keys, int teams) throws SQLException {
    Path file = GatewayFixture.journalFile();
    try (JournalStore store = JournalStores.sqlite(file, false, new ManualTicker())) {
      List<TeamRow> teamRows = new ArrayList<>();
      for (int i = 0; i < teams; i++) {
        teamRows.add(new TeamRow("team-" + i, "{\"limits\":{\"concurrent\":50}}", 1, 0, 0));
      }
      List<KeyRow> rows = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        rows.add(key(i, "team-" + i % teams));
      }
      boolean _ =
          store
              .governance()
              .change(change -> {
                change.putTeams(teamRows);
                change.putKeys(rows);
                return true;
              });
    }
    return KeysFixture.at("sqlite:" + file, "");
  }

  private static KeyRow key(int number, String team) {
    return new KeyRow(
        "k" + number,
        "name-" + number,
        new KeyRow.Holder(team, "owner-" + number % 100),
        "{\"models\":[\"gpt-4\"],\"limits\":{\"requests_per_minute\":" + (60 + number % 50) + "}}",
        new KeyRow.Secrets(KeyHash.of("sk-key-" + number), null, 0),
        new KeyRow.Life(number, ClientKey.NEVER, false, 0, false),
        0);
  }

  private static long series(KeysFixture fixture) {
    return fixture
        .gateway
        .openMetrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst(" .*", ""))
        .distinct()
        .count();
  }
}
