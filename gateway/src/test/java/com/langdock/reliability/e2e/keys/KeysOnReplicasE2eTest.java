package com.langdock.reliability.e2e.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stored keys on several gateways and one PostgreSQL, which freezes, goes and comes back. */
@Tag("e2e")
class KeysOnReplicasE2eTest {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() throws Exception {
    execute("drop schema public cascade; create schema public");
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"))) {
      connection.createStatement().execute(sql);
    }
  }

  private static DatabaseProxy proxy() {
    return new DatabaseProxy(postgres.getPort());
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asString("");
  }

  private static String path(JsonNode key) {
    return "/api/keys/" + text(key, "id");
  }

  @Test
  void aChangeIsInForceEverywhereWithinASecond() throws Exception {
    try (DatabaseProxy there = proxy();
        KeysFixture a = KeysFixture.at(there.url(), "");
        KeysFixture b = KeysFixture.at(there.url(), "")) {
      for (int round = 0; round < 5; round++) {
        JsonNode made = a.create("{\"name\":\"key-" + round + "\"}");
        String key = text(made, "key");
        a.ask(key).isAnsweredBy("openai");
        KeysFixture.await(() -> b.ask(key).status() == 200);
        assertThat(a.delete(path(made)).status()).isEqualTo(200);
        long answered = System.nanoTime();
        a.ask(key).isError(401, "invalid_api_key");
        long lastGood = answered;
        for (int i = 0; i < 40; i++) {
          long asked = System.nanoTime();
          lastGood = b.ask(key).status() == 200 ? asked : lastGood;
          Thread.sleep(20);
        }
        assertThat(lastGood - answered).isLessThan(TimeUnit.SECONDS.toNanos(1));
        b.ask(key).isError(401, "invalid_api_key");
      }
    }
  }

  @Test
  void whoWaitsIsToldWhoHasNotSeenTheChange() throws Exception {
    try (DatabaseProxy there = proxy();
        DatabaseProxy frozen = proxy();
        KeysFixture a = KeysFixture.at(there.url(), "");
        KeysFixture b = KeysFixture.at(frozen.url(), "")) {
      JsonNode made = a.create("{\"name\":\"waited\"}");
      String key = text(made, "key");
      Reply seen = a.send("POST", "/api/keys?wait=10s", "{\"name\":\"seen\"}");
      assertThat(seen.status()).as(seen.response().body()).isEqualTo(201);
      assertThat(seen.json().path("lagging").size()).isZero();
      b.ask(text(seen.json(), "key")).isAnsweredBy("openai");

      frozen.freeze(true);
      Reply revoked = a.delete(path(made) + "?wait=1s");
      assertThat(revoked.status()).as(revoked.response().body()).isEqualTo(202);
      assertThat(revoked.json().path("lagging").size()).isEqualTo(1);
      assertThat(text(revoked.json().at("/lagging/0"), "host")).isNotEmpty();
      assertThat(b.ask(key).status()).isEqualTo(200);
      frozen.freeze(false);
      KeysFixture.await(() -> b.ask(key).status() == 401);
      assertThat(a.delete(path(made) + "?wait=soon").status()).isEqualTo(400);
    }
  }

  @Test
  void whileTheStoreIsAwayKnownKeysGoOnAndNoneIsCalledInvalid() throws Exception {
    String key;
    try (DatabaseProxy there = proxy();
        KeysFixture a = KeysFixture.at(there.url(), "")) {
      key = text(a.create("{\"name\":\"kept\"}"), "key");
    }
    try (DatabaseProxy there = proxy()) {
      there.cut(true);
      try (KeysFixture a = KeysFixture.at(there.url(), "")) {
        a.ask(KeysFixture.FILED).isAnsweredBy("openai");
        Reply refused = a.ask(key).isError(503, "keys_unavailable");
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(a.post("/api/keys", "{\"name\":\"x\"}").status()).isEqualTo(503);

        there.cut(false);
        KeysFixture.await(() -> a.ask(key).status() == 200);

        there.cut(true);
        Thread.sleep(5_500);
        a.ask(key).isAnsweredBy("openai");
        a.ask(KeysFixture.FILED).isAnsweredBy("openai");
        a.ask("sk-unknown").isError(503, "keys_unavailable");
        assertThat(a.gateway.get("/health/ready").status()).isEqualTo(200);
        assertThat(a.gateway.metric("gateway_keys_stale_seconds", Map.of())).isGreaterThan(4);

        there.cut(false);
        KeysFixture.await(() -> a.ask("sk-unknown").status() == 401);
        a.ask(key).isAnsweredBy("openai");
      }
    }
  }

  @Test
  void aRestoredBackupIsReadWhole() throws Exception {
    try (DatabaseProxy there = proxy();
        KeysFixture a = KeysFixture.at(there.url(), "")) {
      JsonNode first = a.create("{\"name\":\"first\"}");
      execute("create table kept as select * from keys");
      JsonNode second = a.create("{\"name\":\"second\"}");
      a.delete(path(first));
      execute(
          "begin; delete from keys; insert into keys select * from kept;"
              + " update governance set version = 1; commit");
      KeysFixture.await(() -> a.ask(text(first, "key")).status() == 200);
      a.ask(text(second, "key")).isError(401, "invalid_api_key");
    }
  }

  @Test
  void creditsAndImportsReachTheOthersToo() throws Exception {
    try (DatabaseProxy there = proxy();
        KeysFixture a = KeysFixture.at(there.url(), "");
        KeysFixture b = KeysFixture.at(there.url(), "")) {
      a.post("/api/teams", "{\"name\":\"paid\",\"budget\":{\"month\":5}}");
      Reply credit =
          a.post(
              "/api/credits",
              "{\"subject\":\"team:paid\",\"period\":\"month\",\"amount\":2.5,\"reason\":\"q4\"}");
      assertThat(credit.status()).as(credit.response().body()).isEqualTo(201);
      KeysFixture.await(() ->
          b.get("/api/limits?subject=team:paid").json().at("/limits/0/remaining").asDouble() > 7.4);
      assertThat(
              a.post(
                      "/api/credits",
                      "{\"subject\":\"team:no\",\"period\":\"day\",\"amount\":1,\"reason\":\"x\"}")
                  .status())
          .isEqualTo(400);
      JsonNode made =
          a.create(
              "{\"name\":\"moved\",\"team\":\"paid\",\"metadata\":{\"a\":\"${B}\"},"
                  + "\"models\":[\"gpt-4\"],\"expires\":\"2099-01-01\"}");
      String yaml = a.text("/api/keys?format=yaml").body();
      assertThat(yaml).contains("sha256:", "\"paid\"").doesNotContain(text(made, "key"));
      Reply again = take(a, yaml);
      assertThat(again.status()).isEqualTo(400);
      execute("delete from keys; delete from teams; update governance set version = 0");
      KeysFixture.await(() -> a.ask(text(made, "key")).status() == 401);
      Reply taken = take(a, yaml);
      assertThat(taken.status()).as(taken.response().body()).isEqualTo(201);
      assertThat(taken.json().path("keys").asLong()).isEqualTo(1);
      a.ask(text(made, "key")).isAnsweredBy("openai");
      KeysFixture.await(() -> b.ask(text(made, "key")).status() == 200);
      JsonNode shown = b.get("/api/keys?team=paid").json().at("/keys/0");
      assertThat(shown.at("/metadata/a").asString("")).isEqualTo("${B}");
      assertThat(shown.at("/models/0").asString("")).isEqualTo("gpt-4");
    }
  }

  private static Reply take(KeysFixture at, String yaml) {
    return at.sendAs("application/yaml", "/api/keys/import", yaml);
  }
}
