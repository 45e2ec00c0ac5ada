package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A journal that cannot be opened, was deleted, or existed before; and the files that it leaves.
 */
@Tag("e2e")
final class StoreFaultsE2eTest {
  private static final int POLLS = 200;
  private static final long POLL_MILLIS = 50;

  @TempDir Path folder;

  /** A condition. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int poll = 0; poll < POLLS && !condition.holds(); poll++) {
      Thread.sleep(POLL_MILLIS);
    }
    assertThat(condition.holds()).isTrue();
  }

  private static boolean isIn(String status, GatewayFixture fixture) {
    return fixture.metric("gateway_journal_state", Map.of("state", status)) == 1;
  }

  private static List<JsonNode> requests(GatewayFixture fixture) {
    return fixture.manage("/api/requests").json().path("requests").valueStream().toList();
  }

  private static int rows(Path file, String id) throws Exception {
    String query = "select count(*) from requests where request_id = '" + id + "'";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet count = connection.createStatement().executeQuery(query)) {
      return count.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"async", "sync"})
  void logsAtOnceThatAFileIsNoJournalAndStillAnswers(String durability) throws Exception {
    Path garbage = Files.writeString(folder.resolve("journal.db"), "garbage ".repeat(1_000));
    String journal =
        GatewayFixture.journal(garbage, ", sync_timeout: 300ms, durability: " + durability);
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES + journal)) {
      await(() -> isIn("away", fixture));
      assertThat(fixture.get("/health/ready").json().path("journal").asString()).isEqualTo("away");
      assertThat(fixture.get("/health/ready").status()).isEqualTo(200);
      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      }
      Files.delete(garbage); // An operator repairs it.
      await(() -> isIn("open", fixture));
      await(() -> fixture.metric("gateway_journal_rows_total", Map.of()) == 3);
    }
  }

  @Test
  void failsAtOnceWhenAFolderCannotBeCreated() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    String journal = GatewayFixture.journal(file.resolve("journal.db"), "");
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES + journal)) {
      await(() -> isIn("away", fixture));
      assertThat(fixture.metric("gateway_journal_stalled_seconds", Map.of())).isNotNegative();
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    }
  }

  @Test
  void showsItsHistoryAfterARestartWithoutANewRequest() throws Exception {
    String settings =
        GatewayFixture.SHORT_TIMES + GatewayFixture.journal(folder.resolve("journal.db"), "");
    String id;
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      id = fixture.ask(GatewayFixture.chat("gpt-4")).header("x-request-id");
    }
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      await(() -> requests(fixture).size() == 1);
      assertThat(requests(fixture).getFirst().path("request_id").asString()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "moved"})
  void startsANewFileWhenTheOldOneIsGone(String how) throws Exception {
    Path file = folder.resolve("journal.db");
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.SHORT_TIMES + GatewayFixture.journal(file, ""))) {
      fixture.ask(GatewayFixture.chat("gpt-4"));
      await(() -> fixture.metric("gateway_journal_rows_total", Map.of()) == 1);
      for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
        if (how.equals("deleted")) {
          Files.delete(folder.resolve(name));
        } else {
          Files.move(folder.resolve(name), folder.resolve("old-" + name));
        }
      }
      await(() -> Files.exists(file)); // Without a request.
      String id = fixture.ask(GatewayFixture.chat("gpt-4")).header("x-request-id");
      await(() -> fixture.metric("gateway_journal_rows_total", Map.of()) == 2);
      assertThat(rows(file, id)).isEqualTo(1);
      assertThat(fixture.metric("gateway_journal_rows_lost_total", Map.of())).isZero();
    }
  }

  @Test
  void findsAFailedRequestByTheProvidersItTriedItsClientAndItsError() throws Exception {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"server_error_probability\":1}");
      fixture.anthropic.configure("{\"server_error_probability\":1}");
      String body =
          GatewayFixture.chat("gpt-4").replace("{\"model\"", "{\"client_id\":\"team-7\",\"model\"");
      Reply failed = fixture.ask(body);
      assertThat(failed.status()).isEqualTo(502);
      String id = failed.header("x-request-id");
      for (String query :
          List.of(
              "outcome=failed&provider=openai",
              "outcome=failed&provider=anthropic",
              "client_id=team-7",
              "error=server_error",
              "error=provider_error")) {
        Condition found =
            () ->
                fixture
                    .manage("/api/requests?" + query)
                    .json()
                    .path("requests")
                    .valueStream()
                    .anyMatch(row -> row.path("request_id").asString().equals(id));
        await(found);
        await(() -> fixture.metric("gateway_journal_rows_total", Map.of()) >= 1);
        await(found); // In the store.
      }
      assertThat(fixture.manage("/api/requests?provider=nobody").json().path("requests")).isEmpty();
    }
  }

  @Test
  void leavesNoTemporaryFilesAndRestrictsPermissions() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path journal = folder.resolve("data/journal.db");
    try (MockProvider provider = MockProvider.openAi()) {
      String config =
          "server: {host: 127.0.0.1, port: 0}\nobservability: {metrics_port: 0}\n"
              + GatewayFixture.journal(journal, ", contents: true")
              + "providers: [{name: openai, base_url: '%s', api_key: k, models: [gpt-4]}]\n"
                  .formatted(provider.url());
      try (GatewayProcess gateway =
          GatewayProcess.start(
              folder, config, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary))) {
        gateway.awaitJournal("open");
        gateway.ask("{}");
        await(() -> Files.exists(folder.resolve("data/journal.db-wal")));
        assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
          assertThat(permissions(folder.resolve("data").resolve(name))).isEqualTo("rw-------");
        }
      }
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
