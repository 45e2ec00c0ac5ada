package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the turns of a Messages request and refuses what Anthropic refuses: no turns, foreign
 * roles, empty text blocks, a last assistant turn that ends in white space, and tool calls that are
 * not answered in the very next turn.
 */
final class AnthropicTurns {
  private AnthropicTurns() {}

  /** The system prompt as a turn; empty when there is none. */
  static List<Turn> system(JsonNode system) {
    return system.isMissingNode() || system.isNull()
        ? List.of()
        : List.of(new Turn(Role.SYSTEM, text(system, "system")));
  }

  static List<Turn> read(JsonNode messages) {
    if (!messages.isArray()) {
      throw AnthropicRequests.invalid("messages: Field required");
    }
    if (messages.isEmpty()) {
      throw AnthropicRequests.invalid("messages: at least one message is required");
    }
    List<Turn> turns = new ArrayList<>(messages.size());
    Set<String> unanswered = Set.of();
    int number = 0;
    for (JsonNode message : messages) {
      String path = "messages." + number++;
      checkToolResults(message, unanswered, path);
      turns.addAll(turns(message, path));
      unanswered = blocksOf(message, "tool_use", "id");
    }
    checkEnd(turns.getLast(), unanswered);
    return turns;
  }

  /** One turn; for a message with tool results one for each of them, and one for its text. */
  private static List<Turn> turns(JsonNode message, String path) {
    String text = text(message.path("content"), path);
    String role = message.path("role").stringValue("");
    return switch (role) {
      case "user" -> userTurns(message, text);
      case "assistant" -> List.of(new Turn(Role.ASSISTANT, text));
      case "system" -> List.of(new Turn(Role.SYSTEM, text));
      default -> throw AnthropicRequests.invalid(path + ".role: Unexpected role \"" + role + "\"");
    };
  }

  private static List<Turn> userTurns(JsonNode message, String text) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      if (block.path("type").stringValue("").equals("tool_result")) {
        turns.add(new Turn(Role.TOOL, resultText(block.path("content"))));
      }
    }
    if (turns.isEmpty() || !text.isEmpty()) {
      turns.add(new Turn(Role.USER, text));
    }
    return turns;
  }

  private static String resultText(JsonNode content) {
    StringBuilder text = new StringBuilder(content.stringValue(""));
    content.forEach(block -> text.append(block.path("text").stringValue("")));
    return text.toString();
  }

  private static String text(JsonNode content, String path) {
    if (content.isString()) {
      return content.stringValue();
    }
    if (!content.isArray()) {
      throw AnthropicRequests.invalid(path + ": Input does not match the expected shape.");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if (block.path("type").stringValue("").equals("text")) {
        text.append(textOf(block, path));
      }
    }
    return text.toString();
  }

  private static String textOf(JsonNode block, String path) {
    String text = block.path("text").stringValue("");
    if (text.isBlank()) {
      throw AnthropicRequests.invalid(path + ": text content blocks must be non-empty");
    }
    return text;
  }

  private static void checkToolResults(JsonNode message, Set<String> called, String path) {
    Set<String> answered = blocksOf(message, "tool_result", "tool_use_id");
    Set<String> missing = new HashSet<>(called);
    missing.removeAll(answered);
    if (!missing.isEmpty()) {
      throw AnthropicRequests.invalid(
          path
              + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", missing));
    }
    if (!called.containsAll(answered)) {
      throw AnthropicRequests.invalid(
          path + ": unexpected `tool_use_id` found in `tool_result` blocks");
    }
  }

  private static void checkEnd(Turn last, Set<String> unanswered) {
    if (!unanswered.isEmpty()) {
      throw AnthropicRequests.invalid(
          "messages: `tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", unanswered));
    }
    boolean endsInSpace = !last.text().equals(last.text().stripTrailing());
    if (last.role() == Role.ASSISTANT && endsInSpace) {
      throw AnthropicRequests.invalid(
          "messages: final assistant content cannot end with trailing whitespace");
    }
  }

  /** The given field of every content block of a type. */
  private static Set<String> blocksOf(JsonNode message, String type, String field) {
    Set<String> values = new HashSet<>();
    for (JsonNode block : message.path("content")) {
      if (block.path("type").stringValue("").equals(type)) {
        values.add(block.path(field).stringValue(""));
      }
    }
    return values;
  }
}
