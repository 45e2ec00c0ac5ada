package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses and the lenient mock does not. */
final class AnthropicRules {
  private static final int MOST_CACHE_MARKS = 4;
  private static final int LEAST_THINKING = 1024;
  private static final String WITHOUT_SAMPLING = "2026-10-21";
  private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");
  private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final Pattern TOOL_ID = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final Pattern SIGNATURE = Pattern.compile("[a-zA-Z0-9+/]+=*");
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "stream",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "metadata",
          "service_tier",
          "speed",
          "cache_control",
          "container",
          "context_management",
          "mcp_servers",
          "diagnostics",
          "inference_geo",
          "user_profile_id",
          "workspace_id");

  static final List<Rule> ALL =
      List.of(
          Rules.onlyFields("", FIELDS, AnthropicRules::extra),
          Rules.onlyFields("/metadata", Set.of("user_id"), name -> extra("metadata." + name)),
          Rules.range("/top_p", 0, 1, () -> invalid("top_p: range: 0..1")),
          word("/service_tier", "auto", "standard_only"),
          word("/output_config/effort", "low", "medium", "high", "xhigh", "max"),
          Rules.eachMatches(
              "/tools",
              "/name",
              TOOL_NAME,
              index -> invalid("tools." + index + ".custom.name: String should match pattern")),
          never(
              AnthropicRules::hasToolWithoutObject,
              "tools.0.custom.input_schema.type: Input should be 'object'"),
          never(
              body -> any(body.path("stop_sequences"), stop -> stop.asString("").isBlank()),
              "stop_sequences: each stop sequence must contain non-whitespace"),
          never(
              body -> isThinking(body) && isForced(body),
              "Thinking may not be enabled when tool_choice forces tool use."),
          never(
              body -> isThinking(body) && body.path("temperature").doubleValue(1) != 1,
              "`temperature` may only be set to 1 when thinking is enabled."),
          never(
              AnthropicRules::hasBadBudget,
              "thinking.enabled.budget_tokens: must be at least 1024 and less than `max_tokens`"),
          never(
              body -> body.findValues("cache_control").size() > MOST_CACHE_MARKS,
              "A maximum of 4 blocks with cache_control may be provided."),
          AnthropicRules::checkSampling,
          AnthropicRules::checkMessages,
          AnthropicRules::checkThinkingBeforeCalls);

  private AnthropicRules() {}

  private static InvalidRequest extra(String name) {
    return invalid(name + ": Extra inputs are not permitted");
  }

  private static InvalidRequest invalid(String message) {
    return AnthropicRequests.invalid(message);
  }

  private static Rule never(Predicate<JsonNode> wrong, String message) {
    return Rules.never(wrong, () -> invalid(message));
  }

  private static Rule word(String pointer, String... words) {
    String field = pointer.substring(1).replace('/', '.');
    return Rules.oneOf(
        pointer, Set.of(words), value -> invalid(field + ": Input should be a known value"));
  }

  private static boolean any(JsonNode list, Predicate<JsonNode> test) {
    return list.values().stream().anyMatch(test);
  }

  private static boolean hasToolWithoutObject(JsonNode body) {
    return any(
        body.path("tools"),
        tool ->
            tool.path("type").stringValue("custom").equals("custom")
                && !tool.at("/input_schema/type").stringValue("").equals("object"));
  }

  private static boolean isThinking(JsonNode body) {
    String type = body.at("/thinking/type").stringValue("");
    return type.equals("enabled") || type.equals("adaptive");
  }

  private static boolean isForced(JsonNode body) {
    String type = body.at("/tool_choice/type").stringValue("");
    return type.equals("any") || type.equals("tool");
  }

  private static boolean hasBadBudget(JsonNode body) {
    boolean isEnabled = body.at("/thinking/type").stringValue("").equals("enabled");
    int budget = body.at("/thinking/budget_tokens").intValue(0);
    return isEnabled && (budget < LEAST_THINKING || budget >= body.path("max_tokens").intValue(0));
  }

  private static void checkSampling(RawRequest request, JsonNode body) {
    if (WITHOUT_SAMPLING.equals(request.headers().get("anthropic-version"))) {
      SAMPLING.stream()
          .filter(body::has)
          .findFirst()
          .ifPresent(name -> {
            throw extra(name);
          });
    }
  }

  /** No message but the last one is empty; ids of calls are unique; results come before text. */
  private static void checkMessages(RawRequest request, JsonNode body) {
    Set<String> ids = new HashSet<>();
    JsonNode messages = body.path("messages");
    for (int index = 0; index < messages.size(); index++) {
      JsonNode content = messages.get(index).path("content");
      boolean isEmpty = content.isString() ? content.stringValue().isEmpty() : content.isEmpty();
      if (isEmpty && index < messages.size() - 1) {
        throw invalid(
            "messages."
                + index
                + ": all messages must have non-empty content except for the optional final"
                + " assistant message");
      }
      checkBlocks(content, "messages." + index + ".content.", ids);
    }
  }

  private static void checkBlocks(JsonNode content, String path, Set<String> ids) {
    boolean hasText = false;
    int index = 0;
    for (JsonNode block : content) {
      String type = block.path("type").stringValue("");
      String id = block.path("id").stringValue("");
      if (type.equals("thinking")
          && !SIGNATURE.matcher(block.path("signature").stringValue("")).matches()) {
        throw invalid(path + index + ": Invalid `signature` in `thinking` block");
      }
      if (type.equals("tool_use") && !TOOL_ID.matcher(id).matches()) {
        throw invalid(path + index + ".tool_use.id: String should match pattern");
      }
      if (type.equals("tool_use") && !ids.add(id)) {
        throw invalid(path + index + ": `tool_use` ids must be unique");
      }
      if (type.equals("tool_result") && hasText) {
        throw invalid(path + index + ": `tool_result` blocks must come before any text");
      }
      hasText |= type.equals("text");
      index++;
    }
  }

  /** With a budget of thinking, the last calls come after thinking while their results are read. */
  private static void checkThinkingBeforeCalls(RawRequest request, JsonNode body) {
    JsonNode messages = body.path("messages");
    JsonNode results = messages.path(messages.size() - 1).path("content");
    JsonNode first = messages.path(messages.size() - 2).path("content").path(0).path("type");
    if (body.at("/thinking/type").stringValue("").equals("enabled")
        && any(results, block -> block.path("type").stringValue("").equals("tool_result"))
        && !first.stringValue("").endsWith("thinking")) {
      throw invalid(
          "messages."
              + (messages.size() - 2)
              + ".content.0.type: Expected `thinking` or `redacted_thinking`, but found `"
              + first.stringValue("")
              + "`. When `thinking` is enabled, a final `assistant` message must start with a"
              + " thinking block");
    }
  }
}
