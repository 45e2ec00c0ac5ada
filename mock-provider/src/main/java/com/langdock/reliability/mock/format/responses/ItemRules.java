package com.langdock.reliability.mock.format.responses;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of the items of an input. */
final class ItemRules {
  private static final int MAX_CALL_ID = 64;
  private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
  private static final Set<String> OF_USER = Set.of("input_text", "input_image", "input_file");
  private static final Set<String> OF_MODEL = Set.of("output_text", "refusal");
  private static final Set<String> TYPES =
      Set.of(
          "message",
          "item_reference",
          "function_call",
          "function_call_output",
          "custom_tool_call",
          "custom_tool_call_output",
          "reasoning",
          "additional_tools",
          "tool_search_call",
          "tool_search_output",
          "compaction",
          "compaction_trigger",
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "computer_call",
          "computer_call_output",
          "local_shell_call",
          "local_shell_call_output",
          "shell_call",
          "shell_call_output",
          "apply_patch_call",
          "apply_patch_call_output",
          "mcp_call",
          "mcp_list_tools",
          "mcp_approval_request",
          "mcp_approval_response",
          "program",
          "program_output");

  private ItemRules() {}

  static void check(RawRequest request, JsonNode body) {
    Set<String> open = new LinkedHashSet<>();
    boolean hasState = body.has("previous_response_id") || body.has("conversation");
    String thought = "";
    int index = 0;
    for (JsonNode item : body.path("input")) {
      String param = "input[" + index++ + "]";
      String type = item.path("type").stringValue("message");
      if (!TYPES.contains(type)) {
        throw ResponsesRules.invalid(
            "Invalid value: '" + type + "'.", param + ".type", "invalid_value");
      }
      checkId(item, param);
      boolean isOfUser = type.endsWith("_output") || isMessage(item, type, "user");
      if (!thought.isEmpty() && isOfUser) {
        throw withoutFollowing(thought);
      }
      thought = type.equals("reasoning") ? item.path("id").stringValue("rs_without_id") : "";
      switch (type) {
        case "message" -> checkMessage(item, param);
        case "function_call", "custom_tool_call" -> open.add(callId(item, param));
        case "function_call_output", "custom_tool_call_output" -> {
          String id = callId(item, param);
          if (!open.remove(id) && !hasState) {
            throw ResponsesRules.invalid(
                "No tool call found for function call output with call_id " + id + ".",
                "input",
                null);
          }
        }
        default -> {} // Its fields are not checked.
      }
    }
    if (!thought.isEmpty()) {
      throw withoutFollowing(thought);
    }
    if (!open.isEmpty()) {
      throw ResponsesRules.invalid(
          "No tool output found for function call " + open.iterator().next() + ".", "input", null);
    }
  }

  private static boolean isMessage(JsonNode item, String type, String role) {
    return type.equals("message") && item.path("role").stringValue("").equals(role);
  }

  private static InvalidRequest withoutFollowing(String id) {
    return ResponsesRules.invalid(
        "Item '" + id + "' of type 'reasoning' was provided without its required following item.",
        "input",
        null);
  }

  /** Ids and encrypted contents must be of this provider. */
  private static void checkId(JsonNode item, String param) {
    String id = item.path("id").stringValue("");
    if (id.contains("_gw")) {
      throw ResponsesRules.invalid("Item with id '" + id + "' not found.", param, null);
    }
    if (item.path("encrypted_content").stringValue("").startsWith("gw1.")) {
      throw ResponsesRules.invalid(
          "The encrypted content for item could not be verified.",
          param,
          "invalid_encrypted_content");
    }
  }

  private static String callId(JsonNode item, String param) {
    String id = item.path("call_id").stringValue("");
    if (id.isEmpty()) {
      throw ResponsesRules.missing(param + ".call_id");
    }
    if (id.length() > MAX_CALL_ID) {
      throw ResponsesRules.invalid(
          "Invalid '" + param + ".call_id': string too long.",
          param + ".call_id",
          "string_above_max_length");
    }
    return id;
  }

  private static void checkMessage(JsonNode item, String param) {
    String role = item.path("role").stringValue("");
    if (!ROLES.contains(role)) {
      throw ResponsesRules.invalid(
          "Invalid value: '" + role + "'.", param + ".role", "invalid_value");
    }
    if (item.path("content").isArray() && item.path("content").isEmpty()) {
      throw ResponsesRules.invalid(
          "Invalid '" + param + ".content': empty array.", param + ".content", "empty_array");
    }
    Set<String> known = role.equals("assistant") ? OF_MODEL : OF_USER;
    for (JsonNode part : item.path("content")) {
      String type = part.path("type").stringValue("");
      if (!known.contains(type)) {
        throw ResponsesRules.invalid(
            "Invalid value: '" + type + "'.", param + ".content", "invalid_value");
      }
    }
  }
}
