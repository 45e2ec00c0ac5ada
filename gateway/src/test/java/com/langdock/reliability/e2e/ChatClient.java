package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the chat completions API. */
final class ChatClient implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String path(Question question) {
    return "/v1/chat/completions";
  }

  @Override
  public String body(Question question) {
    ObjectNode body = JSON.createObjectNode().put("model", question.model());
    if (question.stream()) {
      body.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    ArrayNode messages = body.putArray("messages");
    if (question.has(Trait.SYSTEM)) {
      messages.addObject().put("role", "system").put("content", Question.SYSTEM_PROMPT);
    }
    ObjectNode first = messages.addObject().put("role", "user");
    if (question.has(Trait.IMAGE)) {
      ArrayNode parts = first.putArray("content");
      parts
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", "data:image/png;base64," + Question.PICTURE);
      parts.addObject().put("type", "text").put("text", question.text());
    } else if (question.has(Trait.FILE)) {
      ArrayNode parts = first.putArray("content");
      parts
          .addObject()
          .put("type", "file")
          .putObject("file")
          .put("filename", "a.pdf")
          .put("file_data", "data:application/pdf;base64," + Question.DOCUMENT);
      parts.addObject().put("type", "text").put("text", question.text());
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
      body.putArray("tools")
          .addObject()
          .put("type", "function")
          .putObject("function")
          .put("name", Question.TOOL)
          .set("parameters", schema);
    }
    if (question.has(Trait.SCHEMA)) {
      body.putObject("response_format")
          .put("type", "json_schema")
          .putObject("json_schema")
          .put("name", "place")
          .put("strict", true)
          .set("schema", schema);
    }
    if (question.has(Trait.THINKING)) {
      body.put("reasoning_effort", "low");
    }
    if (question.has(Trait.CACHE)) {
      body.put("prompt_cache_key", "of-this-user");
    }
  }

  @Override
  public String nameOf(Trait trait) {
    return switch (trait) {
      case SYSTEM -> "messages[0]";
      case TOOLS -> "tools";
      case SCHEMA -> "response_format";
      case IMAGE, FILE -> "messages[0].content[0]";
      case THINKING -> "reasoning_effort";
      case CACHE -> "prompt_cache_key";
    };
  }

  @Override
  public Answer whole(HttpResponse<String> response) {
    JsonNode json = Reply.of(response).json();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json.path("object").asString("")).isEqualTo("chat.completion");
    assertThat(json.path("choices")).hasSize(1);
    JsonNode choice = json.at("/choices/0");
    JsonNode message = choice.path("message");
    assertThat(message.path("role").asString("")).isEqualTo("assistant");
    return answer(json, message, choice.path("finish_reason").asString(""), List.of());
  }

  @Override
  public Answer streamed(HttpResponse<String> response) {
    StreamReply reply = StreamReply.of(response).isWhole();
    assertThat(reply.distinct("object")).containsExactly("chat.completion.chunk");
    assertThat(reply.usages()).hasSize(1);
    assertThat(reply.chunks().getLast().path("usage").isObject()).isTrue();
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    reply.chunks().forEach(chunk -> add(message, chunk.at("/choices/0/delta")));
    return answer(
        reply.chunks().getLast(), message, reply.finishReasons().getFirst(), reply.comments());
  }

  private static void add(ObjectNode message, JsonNode delta) {
    for (String name : List.of("content", "reasoning_content")) {
      if (delta.path(name).isString()) {
        message.put(name, message.path(name).asString("") + delta.path(name).asString());
      }
    }
    if (delta.has("reasoning_details")) {
      message.withArray("reasoning_details").addAll((ArrayNode) delta.path("reasoning_details"));
    }
    delta.path("tool_calls").forEach(part -> addCall(message.withArray("tool_calls"), part));
  }

  /** A call's first part has its id and name; later ones only more arguments. */
  private static void addCall(ArrayNode calls, JsonNode part) {
    int index = part.path("index").asInt();
    if (index == calls.size()) {
      assertThat(part.path("id").asString("")).isNotEmpty();
      assertThat(part.at("/function/name").asString("")).isNotEmpty();
      calls.add(((ObjectNode) part.deepCopy()).without("index"));
    } else {
      assertThat(index).as("one call after the other").isEqualTo(calls.size() - 1);
      assertThat(part.has("id")).as("the id comes once").isFalse();
      ObjectNode function = (ObjectNode) calls.get(index).path("function");
      String more = part.at("/function/arguments").asString("");
      function.put("arguments", function.path("arguments").asString("") + more);
    }
  }

  private static Answer answer(
      JsonNode json, JsonNode message, String finish, List<String> comments) {
    List<Answer.Call> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      assertThat(call.path("type").asString("")).isEqualTo("function");
      JsonNode function = call.path("function");
      calls.add(
          new Answer.Call(
              call.path("id").asString(""),
              function.path("name").asString(""),
              JSON.readTree(function.path("arguments").asString(""))));
    }
    JsonNode usage = json.path("usage");
    Answer.Tokens tokens =
        new Answer.Tokens(
            usage.path("prompt_tokens").asLong(), usage.path("completion_tokens").asLong());
    assertThat(usage.path("total_tokens").asLong()).isEqualTo(tokens.input() + tokens.output());
    return new Answer(
        json.path("id").asString(""),
        message,
        message.path("content").asString(""),
        message.path("reasoning_content").asString(""),
        calls,
        finish,
        tokens,
        comments);
  }

  @Override
  public void isError(HttpResponse<String> response, int status, String code) {
    Reply reply = Reply.of(response).isError(status, code);
    String attempts = response.headers().firstValue("x-attempts").orElse("0");
    assertThat(reply.error().path("attempts")).hasSize(Integer.parseInt(attempts));
  }

  @Override
  public void isBroken(HttpResponse<String> response, String code) {
    StreamReply.of(response).isBroken(code);
  }

  @Override
  public String finish(boolean calls) {
    return calls ? "tool_calls" : "stop";
  }

  @Override
  public JsonNode user(String text) {
    return JSON.createObjectNode().put("role", "user").put("content", text);
  }

  @Override
  public List<JsonNode> results(List<Answer.Call> calls, String result) {
    return calls.stream()
        .map(call ->
            (JsonNode)
                JSON.createObjectNode()
                    .put("role", "tool")
                    .put("tool_call_id", call.id())
                    .put("content", result))
        .toList();
  }

  @Override
  public String toString() {
    return "chat";
  }
}
