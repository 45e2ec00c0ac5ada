package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A random request of a client of the Messages API that is valid there. */
final class AnyMessagesRequest {
  private static final List<String> TOOLS =
      List.of("f", "get_weather", "9lives", "-dash", "mcp__" + "x".repeat(80), "x".repeat(128));

  private final Dice dice;
  private final AnySchema schemas;
  private final AnyCalls calls;
  private final AnyMedia media;
  private final List<Object> messages = new ArrayList<>();
  private final List<String> offered = new ArrayList<>();
  private int ids;

  AnyMessagesRequest(long seed) {
    dice = new Dice(seed);
    schemas = new AnySchema(dice);
    calls = new AnyCalls(dice);
    media = new AnyMedia(dice);
  }

  /** The body, for {@code model}. */
  byte[] body(String model) {
    Map<String, Object> request =
        object(
            "model",
            model,
            "max_tokens",
            dice.pick(List.of(0, 1, 1_024, 1_025, 8_192, 500_000)),
            "messages",
            messages);
    List<Object> tools = tools();
    dice.maybe(60, request, "system", this::system);
    addMessages();
    if (!tools.isEmpty()) {
      request.put("tools", tools);
      dice.maybe(50, request, "tool_choice", this::choice);
    }
    addOptions(request);
    addHints(request);
    return Dice.json(request);
  }

  private Object system() {
    if (dice.chance(40)) {
      return dice.anyText();
    }
    List<Object> blocks = new ArrayList<>();
    dice.maybeAdd(20, blocks, () -> textBlock("x-anthropic-billing-header: cc_version=1"));
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      blocks.add(textBlock(dice.text()));
    }
    return blocks;
  }

  private List<Object> tools() {
    List<Object> tools = new ArrayList<>();
    List<String> names = dice.shuffled(TOOLS);
    int count = dice.chance(50) ? 0 : 1 + dice.below(3);
    for (String name : names.subList(0, count)) {
      Map<String, Object> tool = object("name", name, "input_schema", schemas.ofObject());
      dice.maybe(10, tool, "type", () -> "custom");
      dice.maybe(70, tool, "description", dice::anyText);
      dice.maybe(20, tool, "strict", () -> dice.chance(50));
      dice.maybe(10, tool, "defer_loading", () -> true);
      dice.maybe(10, tool, "input_examples", () -> List.of(object("x", 1)));
      addMark(tool);
      tools.add(tool);
      offered.add(name);
    }
    if (dice.chance(10)) {
      tools.add(object("type", "web_search_20250305", "name", "web_search", "max_uses", 2));
    }
    return tools;
  }

  private Object choice() {
    Map<String, Object> choice =
        switch (dice.below(4)) {
          case 0 -> object("type", "auto");
          case 1 -> object("type", "any");
          case 2 -> object("type", "none");
          default ->
              object("type", "tool", "name", offered.isEmpty() ? "web_search" : dice.pick(offered));
        };
    if (!"none".equals(choice.get("type"))) {
      dice.maybe(40, choice, "disable_parallel_tool_use", () -> dice.chance(70));
    }
    return choice;
  }

  private void addMessages() {
    addUser();
    int count = dice.below(7);
    for (int i = 0; i < count; i++) {
      switch (dice.below(7)) {
        case 0 -> messages.add(object("role", "system", "content", text()));
        case 1, 2 -> addUser();
        case 3 -> addAssistant();
        case 4 -> addServerTool();
        default -> addToolRound();
      }
    }
  }

  private Object text() {
    return dice.chance(50) ? dice.text() : List.of(textBlock(dice.text()));
  }

  private void addUser() {
    if (dice.chance(50)) {
      messages.add(object("role", "user", "content", dice.anyText()));
      return;
    }
    List<Object> blocks = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      blocks.add(userBlock());
    }
    messages.add(object("role", "user", "content", blocks));
  }

  private Map<String, Object> userBlock() {
    Map<String, Object> block =
        switch (dice.below(20)) {
          case 0, 1, 2, 3 -> media.messageBlock();
          case 4 -> searchResult();
          default -> object("type", "text", "text", dice.text());
        };
    addMark(block);
    return block;
  }

  private Map<String, Object> searchResult() {
    return object(
        "type",
        "search_result",
        "source",
        "https://example.org",
        "title",
        "A page",
        "content",
        List.of(object("type", "text", "text", dice.text())));
  }

  private Map<String, Object> textBlock(String text) {
    Map<String, Object> block = object("type", "text", "text", text);
    addMark(block);
    return block;
  }

  private void addAssistant() {
    List<Object> blocks = new ArrayList<>();
    addThinking(blocks);
    blocks.add(textBlock(dice.text()));
    dice.maybeAdd(10, blocks, () -> object("type", "compaction", "content", dice.text()));
    messages.add(object("role", "assistant", "content", dice.chance(30) ? dice.text() : blocks));
  }

  private void addThinking(List<Object> blocks) {
    dice.maybeAdd(25, blocks, () -> thinking(dice.text(), "EqQBCgYI"));
    dice.maybeAdd(15, blocks, () -> thinking(dice.text(), calls.envelope()));
    dice.maybeAdd(10, blocks, () -> thinking("", calls.envelope()));
    dice.maybeAdd(5, blocks, () -> thinking(dice.text(), ""));
    dice.maybeAdd(10, blocks, () -> object("type", "redacted_thinking", "data", "EmwK"));
  }

  private static Map<String, Object> thinking(String text, String signature) {
    return object("type", "thinking", "thinking", text, "signature", signature);
  }

  /** What a provider did by itself stays in the conversation. */
  private void addServerTool() {
    String id = "srvtoolu_" + ids++;
    messages.add(
        object(
            "role",
            "assistant",
            "content",
            List.of(
                object(
                    "type",
                    "server_tool_use",
                    "id",
                    id,
                    "name",
                    "web_search",
                    "input",
                    object("query", "x")),
                object("type", "web_search_tool_result", "tool_use_id", id, "content", List.of()),
                textBlock(dice.text()))));
  }

  private void addToolRound() {
    int count = 1 + dice.below(3);
    List<Object> blocks = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    addThinking(blocks);
    dice.maybeAdd(40, blocks, () -> textBlock(dice.text()));
    for (int i = 0; i < count; i++) {
      String id = dice.pick(List.of("toolu_", "call-", "x".repeat(70))) + ids++;
      dice.maybeAdd(15, blocks, () -> thinking("", calls.envelope()));
      Map<String, Object> call =
          object(
              "type",
              "tool_use",
              "id",
              id,
              "name",
              dice.pick(offered.isEmpty() ? TOOLS : offered),
              "input",
              dice.chance(20) ? object() : object("x", List.of(1.5, "\ud83d")));
      addMark(call);
      blocks.add(call);
      results.add(result(id));
    }
    messages.add(object("role", "assistant", "content", blocks));
    addResults(dice.shuffled(results));
  }

  /** Results may be in several messages: consecutive ones of a role are one turn. */
  private void addResults(List<Object> results) {
    int count = results.size();
    int first = dice.chance(20) ? 1 : count;
    if (first < count) {
      messages.add(object("role", "user", "content", results.subList(0, first)));
    }
    List<Object> last = new ArrayList<>(results.subList(first % count, count));
    dice.maybeAdd(40, last, this::userBlock);
    messages.add(object("role", "user", "content", last));
  }

  private Map<String, Object> result(String id) {
    Map<String, Object> result = object("type", "tool_result", "tool_use_id", id);
    switch (dice.below(8)) {
      case 0 -> {}
      case 1 -> result.put("content", List.of());
      case 2 -> result.put("content", List.of(textBlock(dice.text()), textBlock(dice.text())));
      case 3 -> result.put("content", List.of(media.messageBlock()));
      case 4 -> result.put("content", List.of(textBlock(dice.text()), searchResult()));
      case 5 -> result.put("content", List.of(object("type", "tool_reference", "tool_name", "f")));
      default -> result.put("content", dice.anyText());
    }
    dice.maybe(20, result, "is_error", () -> dice.chance(70));
    addMark(result);
    return result;
  }

  private void addMark(Map<String, Object> holder) {
    dice.maybe(
        10,
        holder,
        "cache_control",
        () ->
            dice.chance(50)
                ? object("type", "ephemeral")
                : object("type", "ephemeral", "ttl", "1h"));
  }

  private void addOptions(Map<String, Object> request) {
    dice.maybe(20, request, "temperature", () -> dice.below(11) / 10.0);
    dice.maybe(15, request, "top_p", () -> dice.below(11) / 10.0);
    dice.maybe(15, request, "top_k", () -> dice.below(500));
    dice.maybe(20, request, "stop_sequences", this::stops);
    dice.maybe(40, request, "thinking", this::thinkingOption);
    dice.maybe(25, request, "output_config", this::config);
    dice.maybe(30, request, "stream", () -> dice.chance(80));
  }

  private List<String> stops() {
    return dice.pick(
        List.of(List.of(), List.of("END"), List.of("a", "b", "c", "d", "e", "f", "g\n")));
  }

  private Object thinkingOption() {
    return switch (dice.below(4)) {
      case 0 -> object("type", "disabled");
      case 1 -> object("type", "adaptive", "display", "omitted");
      case 2 -> object("type", "between_tools");
      default -> object("type", "enabled", "budget_tokens", 1_024 + dice.below(60_000));
    };
  }

  private Object config() {
    Map<String, Object> config = object();
    dice.maybe(
        60, config, "effort", () -> dice.pick(List.of("low", "medium", "high", "xhigh", "max")));
    dice.maybe(
        60, config, "format", () -> object("type", "json_schema", "schema", schemas.ofObject()));
    return config;
  }

  private void addHints(Map<String, Object> request) {
    dice.maybe(
        25,
        request,
        "metadata",
        () ->
            object(
                "user_id", dice.pick(List.of("", "u-1", "{\"device_id\":\"" + "x".repeat(200)))));
    dice.maybe(10, request, "service_tier", () -> dice.pick(List.of("auto", "standard_only")));
    dice.maybe(5, request, "speed", () -> dice.pick(List.of("standard", "fast")));
    dice.maybe(5, request, "cache_control", () -> object("type", "ephemeral"));
    dice.maybe(3, request, "container", () -> "container_1");
    dice.maybe(3, request, "inference_geo", () -> "us");
    dice.maybe(5, request, "mcp_servers", List::of);
    dice.maybe(10, request, "context_management", () -> object("edits", List.of()));
    dice.maybe(10, request, "a_later_field", () -> object("deep", List.of(true)));
    dice.maybe(10, request, "preferred_provider", () -> "p");
    dice.maybe(10, request, "client_id", () -> "me");
  }
}
