package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Turn;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a Messages request as strictly as Anthropic: max_tokens is required, temperature is at most
 * 1, and the turns keep the rules of {@link AnthropicTurns}.
 */
final class AnthropicRequests {
  private AnthropicRequests() {}

  static ChatRequest read(byte[] body) {
    JsonNode root = object(body);
    String model = root.path("model").stringValue("");
    if (model.isEmpty()) {
      throw invalid("model: Field required");
    }
    int maxTokens = maxTokens(root.path("max_tokens"));
    checkTemperature(root.path("temperature"));
    List<Turn> turns = new ArrayList<>(AnthropicTurns.system(root.path("system")));
    turns.addAll(AnthropicTurns.read(root.path("messages")));
    return new ChatRequest(
        model,
        root.path("stream").booleanValue(false),
        turns,
        tools(root.path("tools")),
        maxTokens,
        1,
        true);
  }

  static InvalidRequest invalid(String message) {
    return new InvalidRequest(message, null, null);
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode root = Json.parse(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException notJson) {
      throw invalid("The request body is not valid JSON: " + notJson.getOriginalMessage());
    }
    throw invalid("Input should be a valid dictionary");
  }

  private static int maxTokens(JsonNode limit) {
    if (limit.isMissingNode() || limit.isNull()) {
      throw invalid("max_tokens: Field required");
    }
    int tokens = limit.isIntegralNumber() ? limit.intValue(-1) : -1;
    if (tokens < 0) {
      throw invalid("max_tokens: Input should be a valid integer");
    }
    return tokens;
  }

  private static void checkTemperature(JsonNode temperature) {
    if (temperature.isMissingNode()) {
      return;
    }
    double value = temperature.isNumber() ? temperature.doubleValue(Double.NaN) : Double.NaN;
    if (!(value >= 0 && value <= 1)) {
      throw invalid("temperature: range: 0..1");
    }
  }

  private static List<String> tools(JsonNode tools) {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : tools) {
      names.add(tool.path("name").stringValue("lookup"));
    }
    return names;
  }
}
