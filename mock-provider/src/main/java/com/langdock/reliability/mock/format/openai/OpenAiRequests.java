package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a Chat Completions request, as strictly as the mock needs: model, messages, n. */
final class OpenAiRequests {
  private static final int MOST_CHOICES = 128;

  private OpenAiRequests() {}

  static ChatRequest read(byte[] body) {
    JsonNode root = object(body);
    String model = root.path("model").stringValue("");
    if (model.isEmpty()) {
      throw new InvalidRequest("you must provide a model parameter", null, null);
    }
    return new ChatRequest(
        model,
        root.path("stream").booleanValue(false),
        turns(root.path("messages")),
        tools(root.path("tools")),
        maxTokens(root),
        choices(root.path("n")),
        root.path("stream_options").path("include_usage").booleanValue(false));
  }

  private static JsonNode object(byte[] body) {
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

  private static List<String> tools(JsonNode tools) {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : tools) {
      names.add(tool.path("function").path("name").stringValue("lookup"));
    }
    return names;
  }

  private static int maxTokens(JsonNode root) {
    JsonNode newer = root.path("max_completion_tokens");
    JsonNode limit = newer.canConvertToInt() ? newer : root.path("max_tokens");
    return limit.isIntegralNumber() && limit.canConvertToInt()
        ? Math.max(0, limit.intValue())
        : Integer.MAX_VALUE;
  }

  private static int choices(JsonNode choices) {
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
