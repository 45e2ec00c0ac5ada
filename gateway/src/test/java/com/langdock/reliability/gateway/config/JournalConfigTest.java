package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.config.JournalConfig.Sharing;
import com.langdock.reliability.gateway.config.JournalConfig.Store;
import com.langdock.reliability.gateway.config.cloud.Credential;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalConfigTest {
  private static JournalConfig journal(String section) {
    return loaded("journal: {" + section + "}\n" + PROVIDERS).journal();
  }

  private static Store store(String url) {
    return journal("url: '" + url + "'").store();
  }

  @Test
  void isAFileBesideTheGatewayByDefault() {
    assertThat(loaded(PROVIDERS).journal())
        .isEqualTo(
            new JournalConfig(
                new Store.Sqlite(Path.of("data/gateway.db")),
                Durability.ASYNC,
                Duration.ofSeconds(2),
                Duration.ofDays(7),
                1L << 30,
                false,
                true));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            journal(
                "url: none, durability: sync, sync_timeout: 500ms, retention: 30d, max_size: 20GiB,"
                    + " contents: true, keep: false"))
        .isEqualTo(
            new JournalConfig(
                new Store.None(),
                Durability.SYNC,
                Duration.ofMillis(500),
                Duration.ofDays(30),
                20L << 30,
                true,
                false));
  }

  @Test
  void readsADatabasesUrl() {
    assertThat(store("postgresql://journal:p%40ss:word@db.example:6432/llm?sslmode=require"))
        .isEqualTo(
            new Store.Postgres(
                "db.example",
                6432,
                "llm",
                "journal",
                new Credential("p@ss:word"),
                "sslmode=require",
                Sharing.STANDARD));
    assertThat(store("postgres://db/llm"))
        .isEqualTo(
            new Store.Postgres(
                "db", 5432, "llm", "postgres", new Credential(""), "", Sharing.STANDARD));
  }

  @Test
  void readsHowGatewaysShareADatabase() {
    String url = "url: 'postgresql://db/llm'";
    JournalConfig config =
        loaded("store: {" + url + ", outage_share: 0.2, lease: 30s}\n" + PROVIDERS).journal();
    assertThat(((Store.Postgres) config.store()).sharing())
        .isEqualTo(new Sharing(200, Duration.ofSeconds(30)));
    assertThat(problems("store: {" + url + ", outage_share: 2, lease: 1s}\n" + PROVIDERS))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("store.lease: must be at least 3s"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hush@h/d",
        "postgresql://u:hush@h",
        "sqlite:",
        "hush me",
        "/a",
        "",
        "sqlite::memory:"
      })
  void refusesOtherUrlsWithoutShowingThem(String url) {
    assertThat(problems("journal: {url: '" + url + "'}\n" + PROVIDERS))
        .containsExactly(
            "1: journal.url: must be sqlite:FILE, postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
                + " or none");
  }

  @Test
  void neverShowsAPassword() {
    assertThat(store("postgresql://u:hush@h/d").toString()).doesNotContain("hush");
  }
}
