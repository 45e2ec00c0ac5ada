package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests in the management API. */
@Tag("e2e")
final class JournalE2eTest {
  private static final int POLLS = 200;
  private static final long POLL_MILLIS = 25;

  private static List<JsonNode> list(GatewayFixture fixture, String query) {
    Reply reply = fixture.manage("/api/requests" + query);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json().path("requests").valueStream().toList();
  }

  private static JsonNode one(GatewayFixture fixture, Reply answer) {
    Reply reply = fixture.manage("/api/requests/" + answer.header("x-request-id"));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> texts(JsonNode nodes, String field) {
    return nodes.valueStream().map(node -> node.path(field).asString("")).toList();
  }

  private static List<String> kinds(JsonNode request) {
    return texts(request.path("timeline"), "kind");
  }

  /** The timeline's lines without their times. */
  private static List<String> timeline(JsonNode request) {
    return texts(request.path("timeline"), "text").stream()
        .map(text -> text.replaceAll(" after [\\d.]+ m?s| \\([\\d.]+ m?s\\)", ""))
        .toList();
  }

  private static List<JsonNode> await(
      GatewayFixture fixture, String query, Predicate<List<JsonNode>> done)
      throws InterruptedException {
    List<JsonNode> found = list(fixture, query);
    for (int poll = 0; poll < POLLS && !done.test(found); poll++) {
      Thread.sleep(POLL_MILLIS);
      found = list(fixture, query);
    }
    assertThat(done.test(found)).as(found.toString()).isTrue();
    return found;
  }

  @Test
  void recordsTheWaitForARetryAfter() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"script\":[\"rate_limit\"],\"retry_after_seconds\":1}");
      JsonNode request =
          one(fixture, fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai"));

      assertThat(timeline(request))
          .containsExactly(
              "called openai/gpt-4",
              "openai/gpt-4 answered 429 with Retry-After 1.0 s",
              "waits 1.0 s for openai/gpt-4",
              "called openai/gpt-4",
              "openai/gpt-4 answered");
      JsonNode limited = request.path("attempt_list").path(0);
      assertThat(limited.path("status").asString()).isEqualTo("failed");
      assertThat(limited.path("http_status").asInt()).isEqualTo(429);
      assertThat(limited.path("retry_after_ms").asInt()).isEqualTo(1_000);
      JsonNode answered = request.path("attempt_list").path(1);
      assertThat(answered.path("start_ms").asDouble()).isGreaterThanOrEqualTo(1_000);
      assertThat(answered.path("status").asString()).isEqualTo("success");
      assertThat(request.path("outcome").asString()).isEqualTo("success");
      assertThat(request.path("attempts").asInt()).isEqualTo(2);
      assertThat(request.path("cost_usd").asDouble()).isPositive();
    }
  }

  @Test
  void recordsWhyARequestMovedOnAndThatACircuitOpened() throws InterruptedException {
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.with("circuit_breaker: {threshold: 2, timeout: 60s}"))) {
      fixture.openai.configure("{\"server_error_probability\":1}");
      Reply answer = fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
      JsonNode second =
          one(fixture, fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic"));

      JsonNode first = one(fixture, answer);
      for (int poll = 0; poll < POLLS && !kinds(first).contains("breaker"); poll++) {
        Thread.sleep(POLL_MILLIS); // Breaker changes are written a little later.
        first = one(fixture, answer);
      }
      assertThat(kinds(first)).contains("breaker", "moved");
      assertThat(texts(first.path("timeline"), "text"))
          .anyMatch(text -> text.startsWith("the circuit of openai/gpt-4 is open: "));
      assertThat(timeline(second))
          .containsExactly(
              "does not call openai/gpt-4: its circuit is open",
              "moves on to anthropic/claude-3-opus: its circuit is open",
              "called anthropic/claude-3-opus",
              "anthropic/claude-3-opus answered");
      assertThat(second.path("answered_model").asString()).isEqualTo("claude-3-opus");
    }
  }

  @Test
  void recordsAContinuedStream() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"script\":[\"stream_cut\"],\"stream_fault_after_chunks\":3}");
      String id = fixture.stream(GatewayFixture.streamed("gpt-4")).header("x-request-id");
      JsonNode request = fixture.manage("/api/requests/" + id).json();

      assertThat(kinds(request))
          .containsSubsequence("attempt", "first_content", "failed", "continued", "succeeded");
      assertThat(request.path("stream").asBoolean()).isTrue();
      assertThat(request.path("first_token_ms").asDouble()).isPositive();
      assertThat(request.path("attempt_list").valueStream())
          .allMatch(attempt -> attempt.path("tokens_used").asInt() > 0);
    }
  }

  @Test
  void listsFiltersAndPages() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.ask(GatewayFixture.chat("gpt-4"));
      fixture.ask(GatewayFixture.chat("claude-3-opus"));
      fixture.ask("{}").isError(400, "missing_field");
      List<JsonNode> all = await(fixture, "", found -> found.size() == 3);

      assertThat(all.getFirst().path("outcome").asString()).isEqualTo("invalid");
      assertThat(all.getFirst().path("code").asString()).isEqualTo("missing_field");
      assertThat(list(fixture, "?provider=anthropic")).containsExactly(all.get(1));
      assertThat(list(fixture, "?model=gpt-4&outcome=success")).containsExactly(all.get(2));
      assertThat(list(fixture, "?outcome=failed")).isEmpty();
      Reply page = fixture.manage("/api/requests?limit=2");
      String before = page.json().path("next_before").asString("");
      assertThat(before).isEqualTo(all.get(1).path("request_id").asString());
      assertThat(list(fixture, "?before=" + before)).containsExactly(all.get(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=501", "?limit=x", "?outcome=good", "?colour=red"})
  void refusesAnInvalidQuery(String query) {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.manage("/api/requests" + query);
      assertThat(fixture.manage("/api/requests" + query).status()).isEqualTo(400);
    }
  }

  @Test
  void showsARequestWhileItRuns() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"response_delay_seconds\":0.5}");
      CompletableFuture<HttpResponse<String>> answer = fixture.asking(GatewayFixture.chat("gpt-4"));
      List<JsonNode> running = await(fixture, "?outcome=in_progress", found -> found.size() == 1);
      assertThat(running.getFirst().path("ended_at").isNull()).isTrue();
      String id = running.getFirst().path("request_id").asString();
      JsonNode attempt = fixture.manage("/api/requests/" + id).json().path("attempt_list").path(0);
      assertThat(attempt.path("status").asString()).isEqualTo("in_progress");
      assertThat(Reply.of(answer.join()).header("x-request-id")).isEqualTo(id);
      assertThat(list(fixture, "?outcome=in_progress")).isEmpty();
      assertThat(list(fixture, "?outcome=success")).hasSize(1);
    }
  }

  @Test
  void reportsAnUnknownRequestAndAMissingJournal() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      Reply unknown = fixture.manage("/api/requests/req_1_0000000a");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.error().path("code").asString()).isEqualTo("not_found");
    }
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.SHORT_TIMES + "journal: {url: none}\n")) {
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
      Reply off = fixture.manage("/api/requests");
      assertThat(off.status()).isEqualTo(404);
      assertThat(off.error().path("code").asString()).isEqualTo("journal_off");
    }
  }

  @Test
  void holdsAnAnswerUntilItsRowIsWrittenUnderSync() throws SQLException {
    Path file = GatewayFixture.journalFile();
    String journal = GatewayFixture.journal(file, ", durability: sync");
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES + journal)) {
      fixture.openai.configure("{\"script\":[\"ok\",\"server_error\",\"ok\",\"stream_cut\"]}");
      for (int i = 0; i < 10; i++) {
        Reply reply = fixture.ask(i % 3 == 2 ? "{}" : GatewayFixture.chat("gpt-4"));
        assertThat(rows(file, reply.header("x-request-id"))).isEqualTo(1);
        String id = fixture.stream(GatewayFixture.streamed("gpt-4")).header("x-request-id");
        assertThat(rows(file, id)).isEqualTo(1);
      }
    }
  }

  private static int rows(Path file, String id) throws SQLException {
    String query = "select count(*) from requests where request_id = '" + id + "'";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet count = connection.createStatement().executeQuery(query)) {
      return count.getInt(1);
    }
  }

  @Test
  void storesMessageContentsOnlyIfEnabled() throws IOException, SQLException {
    String secret = "the-answer-to-everything";
    String question = GatewayFixture.chat("gpt-4").replace("Say hi", secret);
    Path without = GatewayFixture.journalFile();
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.SHORT_TIMES + GatewayFixture.journal(without, ""))) {
      fixture.ask(question).isAnsweredBy("openai");
    }
    assertThat(Files.readString(without, StandardCharsets.ISO_8859_1))
        .contains("req_")
        .doesNotContain(secret, GatewayFixture.SECRET);

    Path with = GatewayFixture.journalFile();
    try (GatewayFixture fixture =
        GatewayFixture.open(
            GatewayFixture.SHORT_TIMES + GatewayFixture.journal(with, ", contents: true"))) {
      fixture.ask(question).isAnsweredBy("openai");
      fixture.stream(GatewayFixture.streamed("gpt-4"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + with);
        ResultSet rows =
            connection.createStatement().executeQuery("select * from contents order by 1")) {
      assertThat(rows.next()).isTrue();
      assertThat(new String(rows.getBytes(2), StandardCharsets.UTF_8)).isEqualTo(question);
      assertThat(new String(rows.getBytes(3), StandardCharsets.UTF_8)).contains("\"choices\"");
      assertThat(rows.next()).isTrue();
      assertThat(new String(rows.getBytes(3), StandardCharsets.UTF_8)).endsWith("[DONE]\n\n");
    }
  }
}
