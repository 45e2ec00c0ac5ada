package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL whose processes are stopped for some seconds. */
@Tag("e2e")
final class StoppedDatabaseE2eTest {
  private static final int POLLS = 400;
  private static final long POLL_MILLIS = 50;

  @Test
  void holdsNoAnswerLongerThanItsTimeoutAndLosesNothing(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setDataDirectory(folder.resolve("data")).start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      String settings =
          GatewayFixture.SHORT_TIMES
              + "journal: {url: 'postgresql://postgres@127.0.0.1:%d/postgres', durability: sync,"
                  .formatted(postgres.getPort())
              + " sync_timeout: 400ms}\n";
      try (GatewayFixture fixture = GatewayFixture.open(settings)) {
        awaitStatus(fixture, "open");
        fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
        List<String> ids = whileStopped(folder.resolve("data"), fixture);

        awaitStatus(fixture, "open");
        assertThat(fixture.metric("gateway_journal_answers_late_total", Map.of())).isEqualTo(11);
        await(() -> written(url).containsAll(ids));
        assertThat(fixture.metric("gateway_journal_rows_lost_total", Map.of())).isZero();
      }
    }
  }

  /**
   * Sends ten requests while the database is stopped; each takes less than a second. Returns their
   * ids.
   */
  private static List<String> whileStopped(Path data, GatewayFixture fixture) throws Exception {
    List<Long> processes = processes(data);
    signal("STOP", processes);
    try {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        long before = System.nanoTime();
        Reply reply = fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
        ids.add(reply.header("x-request-id"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      }
      awaitStatus(fixture, "stalled");
      assertThatReadersHoldNobodyUp(fixture);
      assertThat(fixture.metric("gateway_journal_stalled_seconds", Map.of())).isPositive();
      assertThat(fixture.get("/health/ready").status()).isEqualTo(200);
      return ids;
    } finally {
      signal("CONT", processes);
    }
  }

  /**
   * Eighteen queries wait for the database; the others are refused, and requests are still served.
   */
  private static void assertThatReadersHoldNobodyUp(GatewayFixture fixture) {
    URI url = URI.create("http://127.0.0.1:" + fixture.gateway.managementPort() + "/api/requests");
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 30)
            .mapToObj(question ->
                fixture.client.sendAsync(
                    HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()))
            .toList();
    long before = System.nanoTime();
    String large = "x".repeat(100_000);
    fixture
        .ask(GatewayFixture.chat("claude-3-opus").replace("Say hi", large))
        .isAnsweredBy("anthropic");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    CompletableFuture<?>[] refused =
        asked.stream().map(CompletableFuture::copy).toArray(CompletableFuture[]::new);
    CompletableFuture.anyOf(refused).orTimeout(5, TimeUnit.SECONDS).join();
    List<HttpResponse<String>> answers =
        asked.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
    assertThat(answers)
        .isNotEmpty()
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains("journal_busy");
          assertThat(answer.headers().firstValue("retry-after")).contains("1");
        });
  }

  /** The ids of the server's process and its children, from its pid file. */
  private static List<Long> processes(Path data) throws IOException {
    long server = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    ProcessHandle handle = ProcessHandle.of(server).orElseThrow();
    return Stream.concat(Stream.of(handle), handle.descendants()).map(ProcessHandle::pid).toList();
  }

  private static void signal(String name, List<Long> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(process.toString()));
    Process kill = new ProcessBuilder(command).start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  private static List<String> written(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows =
            connection.createStatement().executeQuery("select request_id from requests")) {
      List<String> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    }
  }

  private static void awaitStatus(GatewayFixture fixture, String status) throws Exception {
    await(() -> fixture.metric("gateway_journal_state", Map.of("state", status)) == 1);
  }

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
}
