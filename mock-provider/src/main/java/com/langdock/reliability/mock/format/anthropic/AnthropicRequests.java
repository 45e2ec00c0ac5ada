package com.langdock.reliability.mock.format.anthropic;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    String model = model(root);
    int maxTokens = maxTokens(root.path("max_tokens"));
    checkTemperature(root.path("temperature"));
    return request(root, model, maxTokens);
  }

  /** The same for a request that is only to be counted, which needs no limit. */
  static ChatRequest readToCount(byte[] body) {
    JsonNode root = object(body);
    return request(root, model(root), Integer.MAX_VALUE);
  }

  private static ChatRequest request(JsonNode root, String model, int maxTokens) {
    List<Turn> turns = new ArrayList<>(AnthropicTurns.system(root.path("system")));
    turns.addAll(AnthropicTurns.read(root.path("messages")));
    return new ChatRequest(
        model,
        root.path("stream").booleanValue(false) ? Delivery.EVENTS : Delivery.WHOLE,
        turns,
        tools(root),
        new Output(maxTokens, 1, thinking(root.path("thinking")), schema(root)));
  }

  private static String model(JsonNode root) {
    String model = root.path("model").stringValue("");
    if (model.isEmpty()) {
      throw invalid("model: Field required");
    }
    return model;
  }

  private static Thinking thinking(JsonNode thinking) {
    return switch (thinking.path("type").stringValue("")) {
      case "enabled", "adaptive" ->
          thinking.path("display").stringValue("").equals("omitted")
              ? Thinking.HIDDEN
              : Thinking.SHOWN;
      default -> Thinking.NONE;
    };
  }

  private static @Nullable JsonNode schema(JsonNode root) {
    JsonNode format = root.at("/output_config/format");
    return format.isObject() ? format.path("schema") : null;
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

  /** The client's own tools; those that run at the provider are accepted and never called. */
  private static Tools tools(JsonNode root) {
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : root.path("tools")) {
      if (tool.path("type").stringValue("custom").equals("custom")) {
        offered.add(new Tool(tool.path("name").stringValue("lookup"), tool.path("input_schema")));
      }
    }
    JsonNode choice = root.path("tool_choice");
    boolean parallel = !choice.path("disable_parallel_tool_use").booleanValue(false);
    JsonNode name = choice.path("name");
    return new Tools(offered, choice(choice), parallel)
        .only(name.isString() ? Set.of(name.stringValue()) : Set.of());
  }

  private static Choice choice(JsonNode choice) {
    return switch (choice.path("type").stringValue("auto")) {
      case "none" -> Choice.NONE;
      case "any", "tool" -> Choice.REQUIRED;
      default -> Choice.AUTO;
    };
  }
}
