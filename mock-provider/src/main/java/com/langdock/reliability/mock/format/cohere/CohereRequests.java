package com.langdock.reliability.mock.format.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Cohere's chat requests. */
final class CohereRequests {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "stream",
          "tools",
          "tool_choice",
          "strict_tools",
          "documents",
          "citation_options",
          "response_format",
          "safety_mode",
          "max_tokens",
          "stop_sequences",
          "temperature",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "k",
          "p",
          "logprobs",
          "thinking",
          "priority");

  static final List<Rule> RULES = List.of((request, body) -> check(body));

  private CohereRequests() {}

  private static void check(JsonNode body) {
    for (String name : body.propertyNames()) {
      require(FIELDS.contains(name), "unknown field: " + name);
    }
    JsonNode p = body.path("p");
    require(p.isMissingNode() || (p.asDouble() >= 0.01 && p.asDouble() <= 0.99), "p");
    JsonNode k = body.path("k");
    require(k.isMissingNode() || (k.asDouble() >= 0 && k.asDouble() <= 500), "k");
    JsonNode choice = body.path("tool_choice");
    boolean isMode = Set.of("REQUIRED", "NONE").contains(choice.asString(""));
    require(choice.isMissingNode() || isMode, "tool_choice");
    require(choice.isMissingNode() || body.has("tools"), "tool_choice without tools");
    require(!body.has("response_format") || !body.has("tools"), "response_format with tools");
    body.path("messages").forEach(CohereRequests::checkMessage);
  }

  private static void checkMessage(JsonNode message) {
    String role = message.path("role").asString("");
    require(Set.of("system", "user", "assistant", "tool").contains(role), "role: " + role);
    require(!role.equals("tool") || message.has("tool_call_id"), "tool_call_id is required");
    require(message.has("content") || message.has("tool_calls"), "content is required");
    for (JsonNode part : message.path("content")) {
      String type = part.path("type").asString("");
      require(Set.of("text", "image_url").contains(type), "content type: " + type);
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new InvalidRequest("invalid request: " + what, null, null);
    }
  }

  static ChatRequest read(RawRequest request) {
    JsonNode root = Json.parse(request.body());
    String model = root.path("model").asString("");
    JsonNode messages = root.path("messages");
    if (model.isEmpty() || messages.isEmpty()) {
      throw new InvalidRequest("invalid request: model and messages are required", null, null);
    }
    List<Turn> turns = new ArrayList<>();
    messages.forEach(message -> turns.add(new Turn(role(message), text(message))));
    boolean thinks = root.at("/thinking/type").asString("").equals("enabled");
    return new ChatRequest(
        model,
        root.path("stream").asBoolean(false) ? Delivery.EVENTS : Delivery.WHOLE,
        turns,
        tools(root),
        new Output(
            root.path("max_tokens").asInt(Integer.MAX_VALUE),
            1,
            thinks ? Thinking.SHOWN : Thinking.NONE,
            schema(root.path("response_format"))));
  }

  private static @Nullable JsonNode schema(JsonNode format) {
    if (format.isMissingNode()) {
      return null;
    }
    JsonNode schema = format.path("json_schema");
    return schema.isMissingNode() ? Json.parse("{}".getBytes(UTF_8)) : schema;
  }

  private static Role role(JsonNode message) {
    return switch (message.path("role").asString("")) {
      case "system" -> Role.SYSTEM;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      default -> Role.USER;
    };
  }

  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asString("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }

  private static Tools tools(JsonNode root) {
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : root.path("tools")) {
      JsonNode function = tool.path("function");
      offered.add(new Tool(function.path("name").asString(""), function.path("parameters")));
    }
    Choice choice =
        switch (root.path("tool_choice").asString("")) {
          case "NONE" -> Choice.NONE;
          case "REQUIRED" -> Choice.REQUIRED;
          default -> Choice.AUTO;
        };
    return new Tools(offered, choice, true);
  }
}
