package com.langdock.reliability.mock.format.responses;

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

/** Reads a request for a response, as strictly as the mock needs: model, input, state. */
final class ResponsesRequests {
  private ResponsesRequests() {}

  static ChatRequest read(byte[] body, String provider) {
    JsonNode root = object(body);
    String model = root.path("model").stringValue("");
    if (model.isEmpty()) {
      throw new InvalidRequest("you must provide a model parameter", null, null);
    }
    checkState(root, provider);
    boolean stream = root.path("stream").booleanValue(false);
    JsonNode limit = root.path("max_output_tokens");
    return new ChatRequest(
        model,
        stream ? Delivery.EVENTS : Delivery.WHOLE,
        turns(root),
        tools(root),
        new Output(
            limit.canConvertToInt() ? limit.intValue() : Integer.MAX_VALUE,
            1,
            thinking(root.path("reasoning")),
            schema(root.at("/text/format"))),
        0,
        root);
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
    throw new InvalidRequest("We could not parse the JSON body of your request.", null, null);
  }

  /** Only the provider that made a response has it. */
  private static void checkState(JsonNode root, String provider) {
    String previous = root.path("previous_response_id").stringValue("");
    if (!previous.isEmpty() && !previous.startsWith("resp_" + provider + "_")) {
      throw new InvalidRequest(
          "Previous response with id '" + previous + "' not found.",
          "previous_response_id",
          "previous_response_not_found");
    }
  }

  private static List<Turn> turns(JsonNode root) {
    List<Turn> turns = new ArrayList<>();
    String instructions = root.path("instructions").stringValue("");
    if (!instructions.isEmpty()) {
      turns.add(new Turn(Role.SYSTEM, instructions));
    }
    JsonNode input = root.path("input");
    if (input.isString()) {
      turns.add(new Turn(Role.USER, input.stringValue()));
    }
    for (JsonNode item : input) {
      add(turns, item);
    }
    if (turns.isEmpty()) {
      throw new InvalidRequest(
          "Missing required parameter: 'input'.", "input", "missing_required_parameter");
    }
    return turns;
  }

  private static void add(List<Turn> turns, JsonNode item) {
    switch (item.path("type").stringValue("message")) {
      case "message" -> turns.add(new Turn(role(item), text(item.path("content"))));
      case "function_call", "custom_tool_call" -> {
        if (turns.isEmpty() || turns.getLast().role() != Role.ASSISTANT) {
          turns.add(new Turn(Role.ASSISTANT, ""));
        }
      }
      case "function_call_output", "custom_tool_call_output" ->
          turns.add(new Turn(Role.TOOL, text(item.path("output"))));
      default -> {} // says nothing that the answer quotes
    }
  }

  private static Role role(JsonNode item) {
    return switch (item.path("role").stringValue("")) {
      case "assistant" -> Role.ASSISTANT;
      case "system", "developer" -> Role.SYSTEM;
      default -> Role.USER;
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
    addTools(offered, root.path("tools"));
    for (JsonNode item : root.path("input")) {
      addTools(offered, item.path("tools"));
    }
    JsonNode choice = root.path("tool_choice");
    boolean parallel = root.path("parallel_tool_calls").booleanValue(true);
    return new Tools(offered, choice(choice), parallel).only(allowed(choice));
  }

  private static void addTools(List<Tool> offered, JsonNode tools) {
    for (JsonNode tool : tools) {
      switch (tool.path("type").stringValue("")) {
        case "function", "custom" ->
            offered.add(new Tool(tool.path("name").stringValue(""), tool.path("parameters")));
        case "namespace" -> addTools(offered, tool.path("tools"));
        default -> {} // The mock runs no tools.
      }
    }
  }

  /** The tool of this name that the request offers, with the name of its namespace. */
  static @Nullable Found find(JsonNode holder, String name, @Nullable String namespace) {
    for (JsonNode tool : holder.path("tools")) {
      if (tool.path("type").stringValue("").equals("namespace")) {
        Found inner = find(tool, name, tool.path("name").stringValue(""));
        if (inner != null) {
          return inner;
        }
      } else if (tool.path("name").stringValue("").equals(name)) {
        return new Found(tool.path("type").stringValue("").equals("custom"), namespace);
      }
    }
    for (JsonNode item : holder.path("input")) {
      Found inner = find(item, name, null);
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }

  /** An offered tool: whether its input is free text, and its namespace, null for none. */
  record Found(boolean isCustom, @Nullable String namespace) {}

  private static Choice choice(JsonNode choice) {
    boolean isOne = choice.has("name");
    String mode = choice.isString() ? choice.stringValue() : choice.path("mode").stringValue("");
    return switch (isOne ? "required" : mode) {
      case "none" -> Choice.NONE;
      case "required" -> Choice.REQUIRED;
      default -> Choice.AUTO;
    };
  }

  private static Set<String> allowed(JsonNode choice) {
    Set<String> names = new HashSet<>();
    for (JsonNode tool : choice.path("tools")) {
      names.add(tool.path("name").stringValue(""));
    }
    if (choice.has("name")) {
      names.add(choice.path("name").stringValue(""));
    }
    return names;
  }

  private static Thinking thinking(JsonNode reasoning) {
    if (reasoning.path("effort").stringValue("none").equals("none")) {
      return Thinking.NONE;
    }
    return reasoning.path("summary").isString() ? Thinking.SHOWN : Thinking.HIDDEN;
  }

  private static @Nullable JsonNode schema(JsonNode format) {
    return switch (format.path("type").stringValue("")) {
      case "json_schema" -> format.path("schema");
      case "json_object" -> Json.parse("{}");
      default -> null;
    };
  }
}
