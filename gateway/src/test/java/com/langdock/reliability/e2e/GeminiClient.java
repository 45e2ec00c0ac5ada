package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Gemini's API. */
final class GeminiClient implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, String> STATUS =
      Map.of(
          400, "INVALID_ARGUMENT",
          404, "NOT_FOUND",
          429, "RESOURCE_EXHAUSTED",
          502, "UNAVAILABLE",
          503, "UNAVAILABLE",
          504, "DEADLINE_EXCEEDED");

  @Override
  public String path(Question question) {
    return "/v1beta/models/"
        + question.model()
        + (question.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent");
  }

  @Override
  public String body(Question question) {
    ObjectNode body = JSON.createObjectNode();
    if (question.has(Trait.SYSTEM)) {
      addText(body.putObject("systemInstruction"), Question.SYSTEM_PROMPT);
    }
    ArrayNode contents = body.putArray("contents");
    ObjectNode first = contents.addObject().put("role", "user");
    if (question.has(Trait.IMAGE)) {
      first
          .withArray("parts")
          .addObject()
          .putObject("inlineData")
          .put("mimeType", "image/png")
          .put("data", Question.PICTURE);
    }
    if (question.has(Trait.FILE)) {
      first
          .withArray("parts")
          .addObject()
          .putObject("inlineData")
          .put("mimeType", "application/pdf")
          .put("data", Question.DOCUMENT);
    }
    if (question.has(Trait.CACHE)) {
      body.put("cachedContent", "cachedContents/of-this-user");
    }
    addText(first, question.text());
    question.turns().forEach(contents::add);
    addOptions(question, body);
    return body.toString();
  }

  private static void addText(ObjectNode content, String text) {
    content.withArray("parts").addObject().put("text", text);
  }

  private static void addOptions(Question question, ObjectNode body) {
    JsonNode schema = JSON.readTree(Question.SCHEMA);
    if (question.has(Trait.TOOLS)) {
      body.putArray("tools")
          .addObject()
          .putArray("functionDeclarations")
          .addObject()
          .put("name", Question.TOOL)
          .set("parametersJsonSchema", schema);
    }
    if (question.has(Trait.SCHEMA)) {
      body.withObject("generationConfig")
          .put("responseMimeType", "application/json")
          .set("responseJsonSchema", schema);
    }
    if (question.has(Trait.THINKING)) {
      body.withObject("generationConfig")
          .putObject("thinkingConfig")
          .put("includeThoughts", true)
          .put("thinkingLevel", "LOW");
    }
  }

  @Override
  public String nameOf(Trait trait) {
    return switch (trait) {
      case SYSTEM -> "systemInstruction";
      case TOOLS -> "tools";
      case SCHEMA -> "responseJsonSchema";
      case IMAGE, FILE -> "contents[0].parts[0]";
      case THINKING -> "thinkingConfig";
      case CACHE -> "cachedContent";
    };
  }

  @Override
  public Answer whole(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return answer(List.of(JSON.readTree(response.body())));
  }

  @Override
  public Answer streamed(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    return answer(responses(response.body()));
  }

  /** Reads events as Google's clients do, which know no other lines. */
  private static List<JsonNode> responses(String events) {
    return events
        .lines()
        .filter(line -> !line.isEmpty())
        .map(line -> {
          assertThat(line).startsWith("data: ");
          return JSON.readTree(line.substring("data: ".length()));
        })
        .toList();
  }

  private static Answer answer(List<JsonNode> responses) {
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    List<Answer.Call> calls = new ArrayList<>();
    ObjectNode message = JSON.createObjectNode().put("role", "model");
    for (JsonNode response : responses) {
      assertThat(response.path("error").isMissingNode()).as("%s", response).isTrue();
      assertThat(response.at("/candidates/0/content/role").asString("")).isEqualTo("model");
      for (JsonNode part : response.at("/candidates/0/content/parts")) {
        boolean isThought = part.path("thought").asBoolean(false);
        (isThought ? thinking : text).append(part.path("text").asString(""));
        if (part.has("functionCall")) {
          calls.add(call(part.path("functionCall")));
        }
        if (part.size() > 1 || !part.path("text").asString("x").isEmpty()) {
          message.withArray("parts").add(part);
        }
      }
    }
    List<String> finishes =
        responses.stream()
            .map(response -> response.at("/candidates/0/finishReason").asString(""))
            .filter(reason -> !reason.isEmpty())
            .toList();
    assertThat(finishes).hasSize(1);
    List<String> ids =
        responses.stream().map(each -> each.path("responseId").asString("")).distinct().toList();
    assertThat(ids).hasSize(1);
    return new Answer(
        ids.getFirst(),
        message,
        text.toString(),
        thinking.toString(),
        calls,
        finishes.getFirst(),
        tokens(responses.getLast().path("usageMetadata")),
        List.of());
  }

  private static Answer.Call call(JsonNode call) {
    return new Answer.Call(
        call.path("id").asString(""), call.path("name").asString(""), call.path("args"));
  }

  private static Answer.Tokens tokens(JsonNode usage) {
    Answer.Tokens tokens =
        new Answer.Tokens(
            usage.path("promptTokenCount").asLong(),
            usage.path("candidatesTokenCount").asLong()
                + usage.path("thoughtsTokenCount").asLong());
    assertThat(usage.path("totalTokenCount").asLong()).isEqualTo(tokens.input() + tokens.output());
    return tokens;
  }

  @Override
  public void isError(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(response.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(status);
    assertThat(error.path("status").asString("")).isEqualTo(STATUS.get(status));
    assertThat(error.at("/details/0/metadata/request_id").asString(""))
        .isEqualTo(response.headers().firstValue("x-request-id").orElse(""));
    isError(error, code);
    assertThat(response.body() + response.headers().map())
        .doesNotContain(GatewayFixture.SECRET, "127.0.0.1", "Exception", "\tat ");
  }

  private static void isError(JsonNode error, String code) {
    assertThat(error.at("/details/0/reason").asString("")).isEqualTo(code.toUpperCase(Locale.ROOT));
    assertThat(error.path("message").asString("")).isNotBlank();
  }

  @Override
  public void isBroken(HttpResponse<String> response, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    isError(responses(response.body()).getLast().path("error"), code);
    assertThat(response.body()).doesNotContain("finishReason");
  }

  /** Calls have no reason of their own. */
  @Override
  public String finish(boolean calls) {
    return "STOP";
  }

  /** Google's clients do not know comments. */
  @Override
  public List<String> comments(String comment) {
    return List.of();
  }

  @Override
  public JsonNode user(String text) {
    ObjectNode turn = JSON.createObjectNode().put("role", "user");
    addText(turn, text);
    return turn;
  }

  @Override
  public List<JsonNode> results(List<Answer.Call> calls, String result) {
    ObjectNode turn = JSON.createObjectNode().put("role", "user");
    for (Answer.Call call : calls) {
      turn.withArray("parts")
          .addObject()
          .putObject("functionResponse")
          .put("id", call.id())
          .put("name", call.name())
          .putObject("response")
          .put("output", result);
    }
    return List.of(turn);
  }

  @Override
  public String toString() {
    return "gemini";
  }
}
