package com.langdock.reliability.e2e.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.Stage;
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

  private static List<JsonNode> list(Stage stage, String query) {
    Reply reply = stage.manage("/api/requests" + query);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json().path("requests").valueStream().toList();
  }

  private static JsonNode one(Stage stage, Reply answer) {
    Reply reply = stage.manage("/api/requests/" + answer.header("x-request-id"));
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

  private static List<JsonNode> await(Stage stage, String query, Predicate<List<JsonNode>> done)
      throws InterruptedException {
    List<JsonNode> found = list(stage, query);
    for (int poll = 0; poll < POLLS && !done.test(found); poll++) {
      Thread.sleep(POLL_MILLIS);
      found = list(stage, query);
    }
    assertThat(done.test(found)).as(found.toString()).isTrue();
    return found;
  }

  @Test
  void recordsTheWaitForARetryAfter() {
    try (Stage stage = Stage.open()) {
      stage.openai.configure("{\"script\":[\"rate_limit\"],\"retry_after_seconds\":1}");
      JsonNode request = one(stage, stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai"));

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
    try (Stage stage = Stage.open(Stage.with("circuit_breaker: {threshold: 2, timeout: 60s}"))) {
      stage.openai.configure("{\"server_error_probability\":1}");
      Reply answer = stage.ask(Stage.chat("gpt-4")).isAnsweredBy("anthropic");
      JsonNode second = one(stage, stage.ask(Stage.chat("gpt-4")).isAnsweredBy("anthropic"));

      JsonNode first = one(stage, answer);
      for (int poll = 0; poll < POLLS && !kinds(first).contains("breaker"); poll++) {
        Thread.sleep(POLL_MILLIS); // Breaker changes are written a little later.
        first = one(stage, answer);
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
    try (Stage stage = Stage.open()) {
      stage.openai.configure("{\"script\":[\"stream_cut\"],\"stream_fault_after_chunks\":3}");
      String id = stage.stream(Stage.streamed("gpt-4")).header("x-request-id");
      JsonNode request = stage.manage("/api/requests/" + id).json();

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
    try (Stage stage = Stage.open()) {
      stage.ask(Stage.chat("gpt-4"));
      stage.ask(Stage.chat("claude-3-opus"));
      stage.ask("{}").isError(400, "missing_field");
      List<JsonNode> all = await(stage, "", found -> found.size() == 3);

      assertThat(all.getFirst().path("outcome").asString()).isEqualTo("invalid");
      assertThat(all.getFirst().path("code").asString()).isEqualTo("missing_field");
      assertThat(list(stage, "?provider=anthropic")).containsExactly(all.get(1));
      assertThat(list(stage, "?model=gpt-4&outcome=success")).containsExactly(all.get(2));
      assertThat(list(stage, "?outcome=failed")).isEmpty();
      Reply page = stage.manage("/api/requests?limit=2");
      String before = page.json().path("next_before").asString("");
      assertThat(before).isEqualTo(all.get(1).path("request_id").asString());
      assertThat(list(stage, "?before=" + before)).containsExactly(all.get(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=501", "?limit=x", "?outcome=good", "?colour=red"})
  void refusesAnInvalidQuery(String query) {
    try (Stage stage = Stage.open()) {
      stage.manage("/api/requests" + query);
      assertThat(stage.manage("/api/requests" + query).status()).isEqualTo(400);
    }
  }

  @Test
  void showsARequestWhileItRuns() throws InterruptedException {
    try (Stage stage = Stage.open()) {
      stage.openai.configure("{\"response_delay_seconds\":0.5}");
      CompletableFuture<HttpResponse<String>> answer = stage.asking(Stage.chat("gpt-4"));
      List<JsonNode> running = await(stage, "?outcome=in_progress", found -> found.size() == 1);
      assertThat(running.getFirst().path("ended_at").isNull()).isTrue();
      String id = running.getFirst().path("request_id").asString();
      JsonNode attempt = stage.manage("/api/requests/" + id).json().path("attempt_list").path(0);
      assertThat(attempt.path("status").asString()).isEqualTo("in_progress");
      assertThat(Reply.of(answer.join()).header("x-request-id")).isEqualTo(id);
      assertThat(list(stage, "?outcome=in_progress")).isEmpty();
      assertThat(list(stage, "?outcome=success")).hasSize(1);
    }
  }

  @Test
  void reportsAnUnknownRequestAndAMissingJournal() {
    try (Stage stage = Stage.open()) {
      Reply unknown = stage.manage("/api/requests/req_1_0000000a");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.error().path("code").asString()).isEqualTo("not_found");
    }
    try (Stage stage = Stage.open(Stage.SHORT_TIMES + "journal: {url: none}\n")) {
      stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai");
      Reply off = stage.manage("/api/requests");
      assertThat(off.status()).isEqualTo(404);
      assertThat(off.error().path("code").asString()).isEqualTo("journal_off");
    }
  }

  @Test
  void holdsAnAnswerUntilItsRowIsWrittenUnderSync() throws SQLException {
    Path file = Stage.journalFile();
    String journal = Stage.journal(file, ", durability: sync");
    try (Stage stage = Stage.open(Stage.SHORT_TIMES + journal)) {
      stage.openai.configure("{\"script\":[\"ok\",\"server_error\",\"ok\",\"stream_cut\"]}");
      for (int i = 0; i < 10; i++) {
        Reply reply = stage.ask(i % 3 == 2 ? "{}" : Stage.chat("gpt-4"));
        assertThat(rows(file, reply.header("x-request-id"))).isEqualTo(1);
        String id = stage.stream(Stage.streamed("gpt-4")).header("x-request-id");
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
    String question = Stage.chat("gpt-4").replace("Say hi", secret);
    Path without = Stage.journalFile();
    try (Stage stage = Stage.open(Stage.SHORT_TIMES + Stage.journal(without, ""))) {
      stage.ask(question).isAnsweredBy("openai");
    }
    assertThat(Files.readString(without, StandardCharsets.ISO_8859_1))
        .contains("req_")
        .doesNotContain(secret, Stage.SECRET);

    Path with = Stage.journalFile();
    try (Stage stage = Stage.open(Stage.SHORT_TIMES + Stage.journal(with, ", contents: true"))) {
      stage.ask(question).isAnsweredBy("openai");
      stage.stream(Stage.streamed("gpt-4"));
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
