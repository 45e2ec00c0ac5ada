package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.gateway.front.responses.ResponseStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the responses API that keeps the conversation itself. */
final class ResponsesClient implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The codes of a response that failed, by the code of the error. */
  private static final Map<String, String> FAILED =
      Map.of(
          "rate_limit_exceeded", "rate_limit_exceeded",
          "context_length_exceeded", "context_length_exceeded",
          "quota_exhausted", "insufficient_quota",
          "provider_overloaded", "server_is_overloaded",
          "circuit_open", "server_is_overloaded");

  @Override
  public String path(Question question) {
    return "/v1/responses";
  }

  @Override
  public String body(Question question) {
    ObjectNode body = JSON.createObjectNode().put("model", question.model()).put("store", false);
    if (question.stream()) {
      body.put("stream", true);
    }
    if (question.has(Trait.SYSTEM)) {
      body.put("instructions", Question.SYSTEM_PROMPT);
    }
    ArrayNode input = body.putArray("input");
    ObjectNode first = input.addObject().put("role", "user");
    if (question.has(Trait.IMAGE)) {
      ArrayNode parts = first.putArray("content");
      parts
          .addObject()
          .put("type", "input_image")
          .put("image_url", "data:image/png;base64," + Question.PICTURE);
      parts.addObject().put("type", "input_text").put("text", question.text());
    } else if (question.has(Trait.FILE)) {
      ArrayNode parts = first.putArray("content");
      parts
          .addObject()
          .put("type", "input_file")
          .put("filename", "a.pdf")
          .put("file_data", "data:application/pdf;base64," + Question.DOCUMENT);
      parts.addObject().put("type", "input_text").put("text", question.text());
    } else {
      first.put("content", question.text());
    }
    for (JsonNode turn : question.turns()) {
      (turn.isArray() ? turn : List.of(turn)).forEach(input::add);
    }
    addOptions(question, body);
    return body.toString();
  }

  private static void addOptions(Question question, ObjectNode body) {
    JsonNode schema = JSON.readTree(Question.SCHEMA);
    if (question.has(Trait.TOOLS)) {
      body.putArray("tools")
          .addObject()
          .put("type", "function")
          .put("name", Question.TOOL)
          .set("parameters", schema);
    }
    if (question.has(Trait.SCHEMA)) {
      body.putObject("text")
          .putObject("format")
          .put("type", "json_schema")
          .put("name", "place")
          .set("schema", schema);
    }
    if (question.has(Trait.THINKING)) {
      body.putObject("reasoning").put("effort", "low").put("summary", "auto");
    }
    if (question.has(Trait.CACHE)) {
      body.put("prompt_cache_key", "of-this-user");
    }
  }

  @Override
  public String nameOf(Trait trait) {
    return switch (trait) {
      case SYSTEM -> "instructions";
      case TOOLS -> "tools";
      case SCHEMA -> "text.format";
      case IMAGE, FILE -> "input[0].content[0]";
      case THINKING -> "reasoning";
      case CACHE -> "prompt_cache_key";
    };
  }

  @Override
  public Answer whole(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return answer(JSON.readTree(response.body()), List.of());
  }

  @Override
  public Answer streamed(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    ResponseStream stream = ResponseStream.whole(response.body());
    return answer(
        stream.response(),
        stream.comments().stream().map(comment -> comment.substring(2)).toList());
  }

  private static Answer answer(JsonNode response, List<String> comments) {
    assertThat(response.path("object").asString("")).isEqualTo("response");
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    List<Answer.Call> calls = new ArrayList<>();
    for (JsonNode item : response.path("output")) {
      String content = ResponseStream.content(item);
      switch (item.path("type").asString("")) {
        case "message" -> text.append(content);
        case "reasoning" -> thinking.append(content);
        default ->
            calls.add(
                new Answer.Call(
                    item.path("call_id").asString(""),
                    item.path("name").asString(""),
                    JSON.readTree(content)));
      }
    }
    JsonNode usage = response.path("usage");
    return new Answer(
        response.path("id").asString(""),
        response.path("output"),
        text.toString(),
        thinking.toString(),
        calls,
        response.path("status").asString(""),
        new Answer.Tokens(
            usage.path("input_tokens").asLong(), usage.path("output_tokens").asLong()),
        comments);
  }

  @Override
  public void isError(HttpResponse<String> response, int status, String code) {
    boolean isUnknown = code.equals("model_not_found");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(isUnknown ? 400 : status);
    JsonNode error = JSON.readTree(response.body()).path("error");
    assertThat(error.path("code").asString("")).as(response.body()).isEqualTo(code);
    assertThat(error.path("message").asString("")).isNotBlank();
    assertThat(error.path("request_id").asString(""))
        .isEqualTo(response.headers().firstValue("x-request-id").orElse(""));
    assertThat(error.path("param").asString("")).isNotEqualTo("messages");
    assertThat(response.body() + response.headers().map())
        .doesNotContain(GatewayFixture.SECRET, "127.0.0.1", "Exception", "\tat ");
  }

  @Override
  public void isBroken(HttpResponse<String> response, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    ResponseStream stream = ResponseStream.of(response.body());
    assertThat(stream.error().path("code").asString("")).isEqualTo(code);
    assertThat(stream.response().path("status").asString("")).isEqualTo("failed");
    assertThat(stream.response().at("/error/code").asString(""))
        .isEqualTo(FAILED.getOrDefault(code, "server_error"));
  }

  /** The calls are among the items. */
  @Override
  public String finish(boolean calls) {
    return "completed";
  }

  @Override
  public JsonNode user(String text) {
    return JSON.createObjectNode().put("role", "user").put("content", text);
  }

  @Override
  public List<JsonNode> results(List<Answer.Call> calls, String result) {
    return calls.stream()
        .<JsonNode>map(call ->
            JSON.createObjectNode()
                .put("type", "function_call_output")
                .put("call_id", call.id())
                .put("output", result))
        .toList();
  }

  @Override
  public String toString() {
    return "responses";
  }
}
