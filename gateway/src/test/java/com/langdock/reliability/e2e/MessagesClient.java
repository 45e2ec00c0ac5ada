package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.gateway.front.messages.MessageStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the messages API. */
final class MessagesClient implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String path(Question question) {
    return "/v1/messages";
  }

  @Override
  public String body(Question question) {
    ObjectNode body = JSON.createObjectNode().put("model", question.model());
    body.put("max_tokens", 4096);
    if (question.stream()) {
      body.put("stream", true);
    }
    if (question.has(Trait.SYSTEM)) {
      body.put("system", Question.SYSTEM_PROMPT);
    }
    ArrayNode messages = body.putArray("messages");
    ObjectNode first = messages.addObject().put("role", "user");
    if (question.has(Trait.IMAGE)) {
      ArrayNode blocks = first.putArray("content");
      blocks
          .addObject()
          .put("type", "image")
          .putObject("source")
          .put("type", "base64")
          .put("media_type", "image/png")
          .put("data", Question.PICTURE);
      blocks.addObject().put("type", "text").put("text", question.text());
    } else if (question.has(Trait.FILE)) {
      ArrayNode blocks = first.putArray("content");
      blocks
          .addObject()
          .put("type", "document")
          .putObject("source")
          .put("type", "base64")
          .put("media_type", "application/pdf")
          .put("data", Question.DOCUMENT);
      blocks.addObject().put("type", "text").put("text", question.text());
    } else if (question.has(Trait.CACHE)) {
      first
          .putArray("content")
          .addObject()
          .put("type", "text")
          .put("text", question.text())
          .putObject("cache_control")
          .put("type", "ephemeral");
    } else {
      first.put("content", question.text());
    }
    question.turns().forEach(messages::add);
    addOptions(question, body);
    return body.toString();
  }

  private static void addOptions(Question question, ObjectNode body) {
    JsonNode schema = JSON.readTree(Question.SCHEMA);
    if (question.has(Trait.TOOLS)) {
      body.putArray("tools").addObject().put("name", Question.TOOL).set("input_schema", schema);
    }
    if (question.has(Trait.SCHEMA)) {
      body.putObject("output_config")
          .putObject("format")
          .put("type", "json_schema")
          .set("schema", schema);
    }
    if (question.has(Trait.THINKING)) {
      body.putObject("thinking").put("type", "enabled").put("budget_tokens", 1024);
    }
  }

  @Override
  public String nameOf(Trait trait) {
    return switch (trait) {
      case SYSTEM -> "system";
      case TOOLS -> "tools";
      case SCHEMA -> "output_config";
      case IMAGE, FILE -> "messages[0].content[0]";
      case THINKING -> "thinking";
      case CACHE -> "cache_control";
    };
  }

  @Override
  public Answer whole(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(response.body());
    assertThat(json.path("type").asString("")).isEqualTo("message");
    assertThat(json.path("role").asString("")).isEqualTo("assistant");
    assertThat(json.path("content").isArray()).isTrue();
    return answer(
        json.path("id").asString(""),
        (ArrayNode) json.path("content"),
        json.path("stop_reason").asString(""),
        json.path("usage"),
        List.of());
  }

  @Override
  public Answer streamed(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    MessageStream stream = MessageStream.whole(response.body());
    ArrayNode content = JSON.createArrayNode();
    stream.blocks().forEach(block -> content.add(block(block)));
    return answer(
        stream.start().path("id").asString(""),
        content,
        stream.delta().at("/delta/stop_reason").asString(""),
        stream.delta().path("usage"),
        stream.comments().stream().map(comment -> comment.substring(2)).toList());
  }

  private static ObjectNode block(MessageStream.Block block) {
    ObjectNode whole = (ObjectNode) block.start().deepCopy();
    switch (block.type()) {
      case "text" -> whole.put("text", block.content());
      case "thinking" -> whole.put("thinking", block.content()).put("signature", block.signature());
      default -> whole.set("input", JSON.readTree(block.content()));
    }
    return whole;
  }

  private static Answer answer(
      String id, ArrayNode content, String finish, JsonNode usage, List<String> comments) {
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    List<Answer.Call> calls = new ArrayList<>();
    for (JsonNode block : content) {
      switch (block.path("type").asString("")) {
        case "text" -> text.append(block.path("text").asString(""));
        case "thinking" -> thinking.append(block.path("thinking").asString(""));
        case "tool_use" ->
            calls.add(
                new Answer.Call(
                    block.path("id").asString(""),
                    block.path("name").asString(""),
                    block.path("input")));
        default -> throw new AssertionError(block);
      }
    }
    long input =
        usage.path("input_tokens").asLong()
            + usage.path("cache_read_input_tokens").asLong()
            + usage.path("cache_creation_input_tokens").asLong();
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    message.set("content", content);
    return new Answer(
        id,
        message,
        text.toString(),
        thinking.toString(),
        calls,
        finish,
        new Answer.Tokens(input, usage.path("output_tokens").asLong()),
        comments);
  }

  /** The status and type of an error, by the code that chat clients are told. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("provider_unreachable", "api_error"),
          Map.entry("provider_error", "api_error"),
          Map.entry("malformed_response", "api_error"),
          Map.entry("provider_auth_failed", "api_error"),
          Map.entry("provider_overloaded", "overloaded_error"),
          Map.entry("circuit_open", "overloaded_error"),
          Map.entry("provider_timeout", "timeout_error"),
          Map.entry("deadline_exceeded", "timeout_error"),
          Map.entry("rate_limit_exceeded", "rate_limit_error"),
          Map.entry("quota_exhausted", "rate_limit_error"),
          Map.entry("model_not_found", "not_found_error"),
          Map.entry("context_length_exceeded", "invalid_request_error"),
          Map.entry("content_policy_violation", "invalid_request_error"),
          Map.entry("unsupported_value", "invalid_request_error"));

  @Override
  public void isError(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status == 503 ? 529 : status);
    JsonNode json = JSON.readTree(response.body());
    String id = response.headers().firstValue("request-id").orElse("");
    assertThat(json.path("request_id").asString("")).isEqualTo(id);
    isError(json, code);
    assertThat(response.body() + response.headers().map())
        .doesNotContain(GatewayFixture.SECRET, "127.0.0.1", "Exception", "\tat ");
  }

  private static void isError(JsonNode json, String code) {
    assertThat(json.path("type").asString("")).isEqualTo("error");
    JsonNode error = json.path("error");
    assertThat(error.path("type").asString("")).as("%s", json).isEqualTo(TYPES.get(code));
    assertThat(error.path("message").asString("")).isNotBlank();
    if (code.equals("context_length_exceeded")) {
      assertThat(error.path("message").asString("")).contains("prompt is too long");
    }
  }

  @Override
  public void isBroken(HttpResponse<String> response, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    isError(MessageStream.of(response.body()).error(), code);
    assertThat(response.body()).doesNotContain("event: message_delta", "event: message_stop");
  }

  @Override
  public String finish(boolean calls) {
    return calls ? "tool_use" : "end_turn";
  }

  @Override
  public JsonNode user(String text) {
    return JSON.createObjectNode().put("role", "user").put("content", text);
  }

  @Override
  public List<JsonNode> results(List<Answer.Call> calls, String result) {
    ObjectNode turn = JSON.createObjectNode().put("role", "user");
    ArrayNode blocks = turn.putArray("content");
    calls.forEach(call ->
        blocks
            .addObject()
            .put("type", "tool_result")
            .put("tool_use_id", call.id())
            .put("content", result));
    return List.of(turn);
  }

  @Override
  public String toString() {
    return "messages";
  }
}
