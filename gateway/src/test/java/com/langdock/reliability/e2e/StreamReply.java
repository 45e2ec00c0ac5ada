package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A streamed response at the client.
 *
 * @param error the error inside the stream; null if there is none
 */
public record StreamReply(
    HttpResponse<String> response,
    List<JsonNode> chunks,
    List<String> comments,
    boolean done,
    @Nullable JsonNode error) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static StreamReply of(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    List<JsonNode> chunks = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    boolean done = false;
    JsonNode error = null;
    for (String block : response.body().split("\n\n", -1)) {
      String event = block;
      assertThat(done && !event.isEmpty()).as("something after [DONE]: %s", event).isFalse();
      assertThat(error != null && !event.isEmpty()).as("after an error: %s", event).isFalse();
      assertThat(event.isEmpty() || event.contains("data: ") || event.endsWith("\n"))
          .as("a comment with an empty line of its own: %s", event)
          .isTrue();
      event
          .lines()
          .filter(line -> line.startsWith(": "))
          .forEach(line -> comments.add(line.substring(2)));
      event = event.replaceAll("(?m)^: .*\n", "");
      if (event.equals("data: [DONE]")) {
        done = true;
      } else if (event.startsWith("data: {\"error\"")) {
        error = JSON.readTree(event.substring(6)).path("error");
      } else if (!event.isEmpty()) {
        chunks.add(JSON.readTree(event.substring(6)));
      }
    }
    return new StreamReply(response, chunks, comments, done, error);
  }

  /** The text of the first choice. */
  public String text() {
    return chunks.stream()
        .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
        .collect(Collectors.joining());
  }

  public List<String> finishReasons() {
    return chunks.stream()
        .map(chunk -> chunk.at("/choices/0/finish_reason").asString(""))
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  public List<String> distinct(String field) {
    return chunks.stream().map(chunk -> chunk.path(field).asString("")).distinct().toList();
  }

  public List<JsonNode> usages() {
    return chunks.stream()
        .map(chunk -> chunk.path("usage"))
        .filter(usage -> usage.isObject())
        .toList();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Asserts a complete answer: one id, one finish reason, the end, no error. */
  public StreamReply isWhole() {
    assertThat(error).as(response.body()).isNull();
    assertThat(done).as(response.body()).isTrue();
    assertThat(finishReasons()).hasSize(1);
    assertThat(distinct("id")).hasSize(1);
    assertThat(chunks.stream().filter(chunk -> chunk.at("/choices/0/delta").has("role")).count())
        .as("roles")
        .isEqualTo(1);
    return this;
  }

  /** Asserts a broken stream: an error, no end and no finish reason. */
  public StreamReply isBroken(String code) {
    assertThat(error).as(response.body()).isNotNull();
    assertThat(Objects.requireNonNull(error).path("code").asString("")).isEqualTo(code);
    assertThat(done).isFalse();
    assertThat(finishReasons()).isEmpty();
    assertThat(response.body()).doesNotContain(GatewayFixture.SECRET, "127.0.0.1", "Exception");
    return this;
  }
}
