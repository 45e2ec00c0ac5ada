package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.NullNode;

/** A random request of a chat client that is valid in the chat API. */
final class AnyChatRequest {
  private static final List<String> TOOLS =
      List.of("f", "get_weather", "9lives", "-dash", "a-b_C", "x".repeat(64));
  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  private final Dice dice;
  private final AnySchema schemas;
  private final AnyCalls calls;
  private final AnyMedia media;
  private final List<Object> messages = new ArrayList<>();
  private final List<String> offered = new ArrayList<>();

  AnyChatRequest(long seed) {
    dice = new Dice(seed);
    schemas = new AnySchema(dice);
    calls = new AnyCalls(dice);
    media = new AnyMedia(dice);
  }

  /** The body, for {@code model}. */
  byte[] body(String model) {
    Map<String, Object> request = object("model", model, "messages", messages);
    List<Object> tools = tools();
    addMessages();
    if (!tools.isEmpty()) {
      request.put("tools", tools);
      dice.maybe(50, request, "tool_choice", this::choice);
      dice.maybe(30, request, "parallel_tool_calls", () -> dice.chance(50));
    }
    addOptions(request);
    addHints(request);
    return Dice.json(request);
  }

  private List<Object> tools() {
    List<Object> tools = new ArrayList<>();
    List<String> names = dice.shuffled(TOOLS);
    int count = dice.chance(50) ? 0 : 1 + dice.below(3);
    for (String name : names.subList(0, count)) {
      Map<String, Object> function = object("name", name);
      dice.maybe(70, function, "description", dice::anyText);
      dice.maybe(80, function, "parameters", schemas::ofAnything);
      dice.maybe(20, function, "strict", () -> dice.chance(50));
      Map<String, Object> tool = object("type", "function", "function", function);
      addMark(tool);
      tools.add(tool);
      offered.add(name);
    }
    if (dice.chance(5)) {
      tools.add(object("type", "custom", "custom", object("name", "free", "description", "Any")));
    }
    return tools;
  }

  private Object choice() {
    String name = offered.isEmpty() ? "free" : dice.pick(offered);
    String type = offered.isEmpty() ? "custom" : "function";
    Map<String, Object> one = object("type", type, type, object("name", name));
    return switch (dice.below(6)) {
      case 0 -> "none";
      case 1 -> "auto";
      case 2 -> "required";
      case 3 ->
          object(
              "type",
              "allowed_tools",
              "allowed_tools",
              object("mode", dice.pick(List.of("auto", "required")), "tools", List.of(one)));
      default -> one;
    };
  }

  private void addMessages() {
    int count = 1 + dice.below(7);
    for (int i = 0; i < count; i++) {
      switch (dice.below(8)) {
        case 0 -> add(dice.chance(50) ? "system" : "developer", content(false));
        case 1, 2, 3 -> add("user", content(true));
        case 4 -> addAssistant();
        case 5 -> addFunctionRound();
        default -> addToolRound();
      }
    }
  }

  private void add(String role, Object content) {
    Map<String, Object> message = object("role", role, "content", content);
    dice.maybe(15, message, "name", () -> "Ann");
    addMark(message);
    messages.add(message);
  }

  private void addAssistant() {
    Map<String, Object> message = object("role", "assistant", "content", content(false));
    dice.maybe(20, message, "reasoning_content", dice::anyText);
    dice.maybe(10, message, "refusal", dice::text);
    dice.maybe(10, message, "name", () -> "Bot");
    dice.maybe(10, message, "annotations", List::of);
    dice.maybe(10, message, "reasoning_details", this::details);
    if (dice.chance(10)) {
      message.put("content", List.of(object("type", "refusal", "refusal", dice.text())));
    }
    messages.add(message);
  }

  private List<Object> details() {
    return List.of(object("type", "reasoning.encrypted", "data", calls.envelope()));
  }

  private void addToolRound() {
    int count = 1 + dice.below(3);
    List<Object> made = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    for (String id : calls.chatIds(count)) {
      String name = dice.pick(offered.isEmpty() ? TOOLS : offered);
      Map<String, Object> call =
          object(
              "id",
              id,
              "type",
              "function",
              "function",
              object("name", name, "arguments", calls.arguments()));
      dice.maybe(
          20,
          call,
          "extra_content",
          () -> object("google", object("thought_signature", "c2lnbmF0dXJl")));
      made.add(call);
      results.add(object("role", "tool", "tool_call_id", id, "content", content(false)));
    }
    Object content = dice.chance(50) ? NullNode.getInstance() : content(false);
    Map<String, Object> message =
        object("role", "assistant", "content", content, "tool_calls", made);
    dice.maybe(20, message, "reasoning_content", dice::anyText);
    dice.maybe(10, message, "reasoning_details", this::details);
    messages.add(message);
    messages.addAll(dice.shuffled(results));
  }

  /** A call in the form before tools. */
  private void addFunctionRound() {
    String name = dice.pick(TOOLS);
    messages.add(
        object(
            "role",
            "assistant",
            "content",
            NullNode.getInstance(),
            "function_call",
            object("name", name, "arguments", calls.arguments())));
    messages.add(object("role", "function", "name", name, "content", dice.anyText()));
  }

  private Object content(boolean mayHaveMedia) {
    if (dice.chance(60)) {
      return dice.anyText();
    }
    List<Object> parts = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      Map<String, Object> part =
          mayHaveMedia && dice.chance(25)
              ? media.chatPart()
              : object("type", "text", "text", dice.anyText());
      addMark(part);
      parts.add(part);
    }
    return parts;
  }

  private void addMark(Map<String, Object> holder) {
    dice.maybe(8, holder, "cache_control", () -> object("type", "ephemeral"));
    dice.maybe(4, holder, "prompt_cache_breakpoint", () -> object("mode", "explicit"));
  }

  private void addOptions(Map<String, Object> request) {
    dice.maybe(20, request, "temperature", () -> dice.below(21) / 10.0);
    dice.maybe(20, request, "top_p", () -> dice.below(11) / 10.0);
    dice.maybe(5, request, "top_k", () -> dice.below(100));
    dice.maybe(30, request, "max_tokens", () -> dice.pick(List.of(1, 2, 1_024, 1_025, 500_000)));
    dice.maybe(15, request, "max_completion_tokens", () -> dice.pick(List.of(1, 1_500, 90_000)));
    dice.maybe(20, request, "stop", () -> dice.pick(List.of("END", List.of("a", " ", "\n", "b"))));
    dice.maybe(25, request, "reasoning_effort", () -> dice.pick(EFFORTS));
    dice.maybe(20, request, "response_format", this::format);
    dice.maybe(5, request, "n", () -> dice.pick(List.of(1, 1, 2)));
    dice.maybe(2, request, "logprobs", () -> true);
    if (dice.chance(30)) {
      request.put("stream", true);
      dice.maybe(50, request, "stream_options", () -> object("include_usage", dice.chance(50)));
    }
  }

  private Object format() {
    return switch (dice.below(4)) {
      case 0 -> object("type", "text");
      case 1 -> object("type", "json_object");
      default -> {
        String name = dice.pick(List.of("out", "-", "x".repeat(64)));
        Map<String, Object> schema = object("name", name, "schema", schemas.ofAnything());
        dice.maybe(50, schema, "strict", () -> dice.chance(50));
        dice.maybe(30, schema, "description", dice::anyText);
        yield object("type", "json_schema", "json_schema", schema);
      }
    };
  }

  private void addHints(Map<String, Object> request) {
    dice.maybe(10, request, "seed", () -> 7);
    dice.maybe(10, request, "presence_penalty", () -> -1.5);
    dice.maybe(10, request, "frequency_penalty", () -> 0);
    dice.maybe(10, request, "logit_bias", () -> object("50256", -100));
    dice.maybe(15, request, "user", () -> dice.pick(List.of("", "u-1", "x".repeat(300))));
    dice.maybe(10, request, "safety_identifier", () -> "s-1");
    dice.maybe(10, request, "metadata", () -> object("team", "a"));
    dice.maybe(10, request, "service_tier", () -> dice.pick(List.of("auto", "flex")));
    dice.maybe(5, request, "verbosity", () -> "low");
    dice.maybe(5, request, "store", () -> dice.chance(50));
    dice.maybe(5, request, "modalities", () -> List.of("text"));
    dice.maybe(5, request, "prediction", () -> object("type", "content", "content", "x"));
    dice.maybe(5, request, "prompt_cache_key", () -> "k");
    dice.maybe(2, request, "web_search_options", () -> object());
    dice.maybe(10, request, "a_later_field", () -> List.of(1, object("deep", true)));
    dice.maybe(10, request, "preferred_provider", () -> "p");
    dice.maybe(10, request, "client_id", () -> "me");
  }
}
