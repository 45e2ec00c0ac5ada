package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A random request of a client of the responses API that is valid there. */
final class AnyResponsesRequest {
  private static final List<String> NAMES =
      List.of("f", "get_weather", "9lives", "-dash", "x".repeat(64));
  private static final String PNG = "iVBORw0KGgo=";
  private static final String PDF = "JVBERi0xLjQKJSVFT0YK";

  private final Dice dice;
  private final AnySchema schemas;
  private final AnyCalls calls;
  private final List<Object> items = new ArrayList<>();
  private final List<Map<String, Object>> offered = new ArrayList<>();
  private int ids;

  AnyResponsesRequest(long seed) {
    dice = new Dice(seed);
    schemas = new AnySchema(dice);
    calls = new AnyCalls(dice);
  }

  /** The body, for {@code model}. */
  byte[] body(String model) {
    Map<String, Object> request = object("model", model);
    List<Object> tools = dice.chance(50) ? tools() : List.of();
    dice.maybe(60, request, "instructions", dice::anyText);
    if (dice.chance(20)) {
      request.put("input", dice.text());
    } else {
      addItems(tools, request);
      request.put("input", items);
    }
    if (!offered.isEmpty()) {
      dice.maybe(40, request, "tool_choice", this::choice);
    }
    addOptions(request);
    addHints(request);
    return Dice.json(request);
  }

  /** The tools are in the request, or in its first item. */
  private void addItems(List<Object> tools, Map<String, Object> request) {
    if (!tools.isEmpty() && dice.chance(30)) {
      items.add(object("type", "additional_tools", "role", "developer", "tools", tools));
    } else if (!tools.isEmpty()) {
      request.put("tools", tools);
    }
    items.add(message("user"));
    int count = dice.below(7);
    for (int i = 0; i < count; i++) {
      switch (dice.below(8)) {
        case 0 -> items.add(message(dice.pick(List.of("system", "developer"))));
        case 1, 2 -> items.add(message("user"));
        case 3, 4 -> addAnswer();
        case 5 -> addHosted();
        default -> addToolRound();
      }
    }
  }

  private Map<String, Object> message(String role) {
    Object content = dice.chance(50) ? dice.anyText() : parts(role.equals("user"));
    Map<String, Object> message = object("role", role, "content", content);
    dice.maybe(50, message, "type", () -> "message");
    return message;
  }

  private List<Object> parts(boolean withMedia) {
    List<Object> parts = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      Map<String, Object> part =
          withMedia && dice.chance(30)
              ? media()
              : object("type", "input_text", "text", dice.text());
      dice.maybe(10, part, "prompt_cache_breakpoint", () -> object("mode", "explicit"));
      parts.add(part);
    }
    return parts;
  }

  private Map<String, Object> media() {
    Map<String, Object> image = object("type", "input_image");
    dice.maybe(40, image, "detail", () -> dice.pick(List.of("auto", "low", "high")));
    switch (dice.below(6)) {
      case 0 -> image.put("image_url", "https://example.org/a.png");
      case 1 -> image.put("file_id", "file-1");
      case 2 -> {
        return object("type", "input_file", "file_url", "https://example.org/a.pdf");
      }
      case 3 -> {
        String data = dice.chance(50) ? PDF : "data:application/pdf;base64," + PDF;
        return object("type", "input_file", "filename", "a.pdf", "file_data", data);
      }
      default -> image.put("image_url", "data:image/png;base64," + PNG);
    }
    return image;
  }

  private void addAnswer() {
    addReasoning();
    Map<String, Object> part =
        dice.chance(15)
            ? object("type", "refusal", "refusal", dice.text())
            : object("type", "output_text", "text", dice.text(), "annotations", List.of());
    Map<String, Object> message =
        object("type", "message", "role", "assistant", "id", "msg_" + ids++);
    message.put("content", dice.chance(30) ? dice.text() : List.of(part));
    dice.maybe(30, message, "phase", () -> "commentary");
    items.add(message);
  }

  private void addReasoning() {
    if (dice.chance(60)) {
      return;
    }
    Map<String, Object> item = object("type", "reasoning", "id", "rs_" + ids++);
    List<Object> summary = new ArrayList<>();
    dice.maybeAdd(60, summary, () -> object("type", "summary_text", "text", dice.text()));
    dice.maybeAdd(10, summary, () -> object("type", "summary_text", "text", dice.text()));
    item.put("summary", summary);
    dice.maybe(20, item, "content", () -> null);
    dice.maybe(70, item, "encrypted_content", () -> dice.chance(50) ? calls.envelope() : "gAAA");
    items.add(item);
  }

  /** What a provider did by itself stays in the conversation. */
  private void addHosted() {
    items.add(object("type", "web_search_call", "id", "ws_" + ids++, "status", "completed"));
    addAnswer();
  }

  private void addToolRound() {
    int count = 1 + dice.below(3);
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addReasoning();
      String id = dice.pick(List.of("call_", "functions.bash:", "x".repeat(50))) + ids++;
      boolean isCustom = dice.chance(25);
      Map<String, Object> call =
          isCustom
              ? object("type", "custom_tool_call", "call_id", id, "input", dice.anyText())
              : object("type", "function_call", "call_id", id, "arguments", calls.arguments());
      call.put("name", dice.pick(NAMES));
      dice.maybe(20, call, "namespace", () -> dice.pick(List.of("mcp__docs__", "n".repeat(60))));
      items.add(call);
      results.add(result(id, isCustom));
    }
    for (Object result : dice.shuffled(results)) {
      dice.maybeAdd(8, items, () -> message("developer"));
      items.add(result);
    }
  }

  private Map<String, Object> result(String id, boolean isCustom) {
    String type = isCustom ? "custom_tool_call_output" : "function_call_output";
    Object output = dice.chance(60) ? dice.anyText() : parts(true);
    return object("type", type, "call_id", id, "output", output);
  }

  private List<Object> tools() {
    List<Object> tools = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (String name : dice.shuffled(NAMES).subList(0, count)) {
      tools.add(tool(name, null));
    }
    dice.maybeAdd(
        30,
        tools,
        () -> {
          String namespace = dice.pick(List.of("mcp__docs__", "functions", "n".repeat(60)));
          return object(
              "type",
              "namespace",
              "name",
              namespace,
              "description",
              "",
              "tools",
              List.of(tool("f", namespace), tool("odd name ü", namespace)));
        });
    dice.maybeAdd(15, tools, () -> object("type", "web_search", "external_web_access", true));
    dice.maybeAdd(5, tools, () -> object("type", "a_later_tool"));
    dice.maybeAdd(15, tools, this::search);
    return tools;
  }

  private Map<String, Object> search() {
    Map<String, Object> search = object("type", "tool_search");
    if (dice.chance(70)) {
      search.put("execution", "client");
      search.put("parameters", schemas.ofObject());
    }
    return search;
  }

  private Map<String, Object> tool(String name, @Nullable String space) {
    boolean isCustom = dice.chance(25);
    String type = isCustom ? "custom" : "function";
    Map<String, Object> tool = object("type", type, "name", name);
    dice.maybe(70, tool, "description", dice::anyText);
    dice.maybe(10, tool, "defer_loading", () -> true);
    if (isCustom) {
      dice.maybe(50, tool, "format", this::format);
    } else {
      dice.maybe(90, tool, "parameters", schemas::ofObject);
      dice.maybe(50, tool, "strict", () -> dice.chance(50));
    }
    Map<String, Object> chosen = object("type", type, "name", name);
    if (space != null) {
      chosen.put("namespace", space);
    }
    offered.add(chosen);
    return tool;
  }

  private Object format() {
    return dice.chance(50)
        ? object("type", "text")
        : object("type", "grammar", "syntax", "lark", "definition", "start: \"x\"");
  }

  private Object choice() {
    return switch (dice.below(6)) {
      case 0 -> "auto";
      case 1 -> "none";
      case 2 -> "required";
      case 3 ->
          object(
              "type",
              "allowed_tools",
              "mode",
              dice.pick(List.of("auto", "required")),
              "tools",
              List.of(dice.pick(offered)));
      case 4 -> object("type", "web_search");
      default -> dice.pick(offered);
    };
  }

  private void addOptions(Map<String, Object> request) {
    dice.maybe(
        60, request, "max_output_tokens", () -> dice.pick(List.of(16, 1_025, 8_192, 500_000)));
    dice.maybe(20, request, "temperature", () -> dice.below(21) / 10.0);
    dice.maybe(15, request, "top_p", () -> dice.below(11) / 10.0);
    dice.maybe(30, request, "parallel_tool_calls", () -> dice.chance(50));
    dice.maybe(40, request, "reasoning", this::reasoning);
    dice.maybe(25, request, "text", this::text);
    dice.maybe(30, request, "stream", () -> dice.chance(80));
    dice.maybe(5, request, "top_logprobs", () -> dice.below(3));
  }

  private Object reasoning() {
    Map<String, Object> reasoning = object();
    dice.maybe(
        80,
        reasoning,
        "effort",
        () -> dice.pick(List.of("none", "minimal", "low", "medium", "high", "xhigh", "max")));
    dice.maybe(50, reasoning, "summary", () -> "auto");
    dice.maybe(20, reasoning, "context", () -> "all_turns");
    return reasoning;
  }

  private Object text() {
    Map<String, Object> text = object();
    dice.maybe(40, text, "verbosity", () -> "low");
    dice.maybe(
        60,
        text,
        "format",
        () ->
            switch (dice.below(4)) {
              case 0 -> object("type", "text");
              case 1 -> object("type", "json_object");
              default -> object("type", "json_schema", "name", "out", "schema", schemas.ofObject());
            });
    return text;
  }

  private void addHints(Map<String, Object> request) {
    dice.maybe(20, request, "include", () -> List.of("reasoning.encrypted_content"));
    dice.maybe(
        3, request, "include", () -> List.of("message.output_text.logprobs", "a_later_value"));
    dice.maybe(30, request, "store", () -> dice.chance(30));
    dice.maybe(15, request, "user", () -> dice.pick(List.of("", "u-1", "x".repeat(200))));
    dice.maybe(10, request, "prompt_cache_key", () -> "key");
    dice.maybe(10, request, "service_tier", () -> dice.pick(List.of("auto", "flex")));
    dice.maybe(5, request, "truncation", () -> dice.pick(List.of("auto", "disabled")));
    dice.maybe(5, request, "metadata", () -> object("k", "v"));
    dice.maybe(5, request, "client_metadata", () -> object("k", "v"));
    dice.maybe(2, request, "previous_response_id", () -> "resp_1");
    dice.maybe(2, request, "conversation", () -> "conv_1");
    dice.maybe(2, request, "background", () -> true);
    dice.maybe(2, request, "max_tool_calls", () -> 3);
    dice.maybe(5, request, "a_later_field", () -> object("deep", List.of(true)));
    dice.maybe(5, request, "preferred_provider", () -> "p");
  }
}
