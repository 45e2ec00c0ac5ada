package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * Writes the response object: what was asked, with the defaults of what was not, and what has come
 * of it. Nothing is stored here, so {@code store} is false.
 */
final class ResponseJson {
  /** A field that is repeated, and its value where the request does not have it. */
  private record Echo(String name, String otherwise) {}

  private static final List<Echo> ECHOED =
      List.of(
          new Echo("instructions", "null"),
          new Echo("max_output_tokens", "null"),
          new Echo("max_tool_calls", "null"),
          new Echo("parallel_tool_calls", "true"),
          new Echo("prompt_cache_key", "null"),
          new Echo("reasoning", "{\"effort\":null,\"summary\":null}"),
          new Echo("safety_identifier", "null"),
          new Echo("service_tier", "\"default\""),
          new Echo("temperature", "1.0"),
          new Echo("text", "{\"format\":{\"type\":\"text\"}}"),
          new Echo("tool_choice", "\"auto\""),
          new Echo("tools", "[]"),
          new Echo("top_logprobs", "0"),
          new Echo("top_p", "1.0"),
          new Echo("truncation", "\"disabled\""),
          new Echo("user", "null"),
          new Echo("metadata", "{}"));

  /** Fields that may be long and are repeated only once, at the end of a stream. */
  private static final Set<String> LONG = Set.of("instructions", "tools");

  private final JsonValue request;
  private final Piece.Started started;
  private final String id;

  /** The response to {@code request}. */
  ResponseJson(JsonValue request, Piece.Started started, ResponseIds ids) {
    this.request = request;
    this.started = started;
    this.id = ids.response();
  }

  /** The id of the response. */
  String id() {
    return id;
  }

  /** The response before its output. */
  String begun() {
    return json(outcome("in_progress", "null", "null", "null"), List.of(), false);
  }

  /** The response with its whole output. */
  String ended(Piece.Finished finished, List<String> output, String usage) {
    String status = status(finished);
    String reason =
        finished.reason() == FinishReason.LENGTH ? "max_output_tokens" : "content_filter";
    String details = status.equals("completed") ? "null" : "{\"reason\":\"" + reason + "\"}";
    return json(outcome(status, "null", details, usage), output, true);
  }

  /** The status of an answer that finished so. A refusal in words is an answer. */
  static String status(Piece.Finished finished) {
    return switch (finished.reason()) {
      case STOP, TOOL_CALLS -> "completed";
      case LENGTH -> "incomplete";
      case CONTENT_FILTER -> finished.refusal() == null ? "incomplete" : "completed";
    };
  }

  /** The response that failed after the items in {@code output}. */
  String failed(String error, List<String> output) {
    return json(outcome("failed", error, "null", "null"), output, true);
  }

  private static String outcome(String status, String error, String details, String usage) {
    return "\"status\":\""
        + status
        + "\",\"error\":"
        + error
        + ",\"incomplete_details\":"
        + details
        + ",\"usage\":"
        + usage;
  }

  private String json(String outcome, List<String> output, boolean isWhole) {
    StringBuilder json =
        new StringBuilder("{\"id\":\"")
            .append(id)
            .append("\",\"object\":\"response\",\"created_at\":")
            .append(started.createdSeconds())
            .append(",\"model\":")
            .append(JsonText.quote(started.model()))
            .append(',')
            .append(outcome)
            .append(",\"output\":[")
            .append(String.join(",", output))
            .append("],\"completed_at\":null,\"background\":false,\"previous_response_id\":null,")
            .append("\"store\":false,\"presence_penalty\":0,\"frequency_penalty\":0");
    for (Echo echo : ECHOED) {
      JsonValue value =
          isWhole || !LONG.contains(echo.name()) ? JsonFields.value(request, echo.name()) : null;
      json.append(",\"")
          .append(echo.name())
          .append("\":")
          .append(value == null ? echo.otherwise() : value.raw());
    }
    return json.append('}').toString();
  }
}
