package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a Chat Completions request, as strictly as the mock needs: model, messages, n. */
final class OpenAiRequests {
  private static final int MOST_CHOICES = 128;

  private OpenAiRequests() {}

  static ChatRequest read(byte[] body) {
    JsonNode root = object(body);
    return new ChatRequest(
        model(root),
        delivery(root),
        turns(root.path("messages")),
        tools(root),
        new Output(
            maxTokens(root),
            choices(root.path("n")),
            thinking(root.path("reasoning_effort").stringValue("none")),
            schema(root.path("response_format"))));
  }

  static String model(JsonNode root) {
    String model = root.path("model").stringValue("");
    if (model.isEmpty()) {
      throw new InvalidRequest("you must provide a model parameter", null, null);
    }
    return model;
  }

  static Delivery delivery(JsonNode root) {
    if (!root.path("stream").booleanValue(false)) {
      return Delivery.WHOLE;
    }
    return root.path("stream_options").path("include_usage").booleanValue(false)
        ? Delivery.EVENTS_WITH_USAGE
        : Delivery.EVENTS;
  }

  private static Thinking thinking(String effort) {
    return effort.equals("none") ? Thinking.NONE : Thinking.HIDDEN;
  }

  private static @Nullable JsonNode schema(JsonNode format) {
    return switch (format.path("type").stringValue("")) {
      case "json_schema" -> format.path("json_schema").path("schema");
      case "json_object" -> format.path("schema");
      default -> null;
    };
  }

  static JsonNode object(byte[] body) {
    try {
      JsonNode root = Json.parse(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException notJson) {
      // The answer is the same as for a body that is JSON but no object.
    }
    throw new InvalidRequest(
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't"
            + " using your HTTP library correctly. The OpenAI API expects a JSON payload, but what"
            + " was sent was not valid JSON.)",
        null,
        null);
  }

  private static List<Turn> turns(JsonNode messages) {
    if (!messages.isArray()) {
      throw new InvalidRequest(
          "Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
    }
    if (messages.isEmpty()) {
      throw new InvalidRequest(
          "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an"
              + " empty array instead.",
          "messages",
          "empty_array");
    }
    List<Turn> turns = new ArrayList<>(messages.size());
    for (JsonNode message : messages) {
      String param = "messages[" + turns.size() + "]";
      turns.add(new Turn(role(message, param), text(message.path("content"))));
    }
    return turns;
  }

  private static Role role(JsonNode message, String param) {
    String role = message.path("role").stringValue("");
    return switch (role) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      default ->
          throw new InvalidRequest(
              "Invalid value: '"
                  + role
                  + "'. Supported values are: 'system', 'assistant', 'user',"
                  + " 'function', 'tool', and 'developer'.",
              param + ".role",
              "invalid_value");
    };
  }

  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.stringValue("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").stringValue(""));
    }
    return text.toString();
  }

  private static Tools tools(JsonNode root) {
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : root.path("tools")) {
      JsonNode function = tool.path("function");
      String name = function.path("name").stringValue("");
      if (!name.isEmpty()) {
        offered.add(new Tool(name, function.path("parameters")));
      }
    }
    JsonNode choice = root.path("tool_choice");
    boolean parallel = root.path("parallel_tool_calls").booleanValue(true);
    return new Tools(offered, choice(choice), parallel).only(allowed(choice));
  }

  private static Choice choice(JsonNode choice) {
    JsonNode mode = choice.isString() ? choice : choice.at("/allowed_tools/mode");
    return switch (mode.stringValue(choice.has("function") ? "required" : "auto")) {
      case "none" -> Choice.NONE;
      case "required" -> Choice.REQUIRED;
      default -> Choice.AUTO;
    };
  }

  private static Set<String> allowed(JsonNode choice) {
    Set<String> names = new HashSet<>();
    for (JsonNode tool : choice.at("/allowed_tools/tools")) {
      names.add(tool.at("/function/name").stringValue(""));
    }
    if (choice.has("function")) {
      names.add(choice.at("/function/name").stringValue(""));
    }
    return names;
  }

  static int maxTokens(JsonNode root) {
    JsonNode newer = root.path("max_completion_tokens");
    JsonNode limit = newer.canConvertToInt() ? newer : root.path("max_tokens");
    return limit.isIntegralNumber() && limit.canConvertToInt()
        ? Math.max(0, limit.intValue())
        : Integer.MAX_VALUE;
  }

  static int choices(JsonNode choices) {
    if (choices.isMissingNode() || choices.isNull()) {
      return 1;
    }
    int wanted = choices.isIntegralNumber() ? choices.intValue(0) : 0;
    if (wanted < 1 || wanted > MOST_CHOICES) {
      throw new InvalidRequest(
          "Invalid 'n': expected an integer from 1 to " + MOST_CHOICES + ".", "n", "invalid_value");
    }
    return wanted;
  }
}
