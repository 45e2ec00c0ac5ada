package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a response: the whole answer, or one of a stream. */
final class ResponseJson {
  private final String id;
  private final String model;

  /**
   * Writes the responses of one answer.
   *
   * @param id empty if the answer has none
   * @param model the client's name of it
   */
  ResponseJson(String id, String model) {
    this.id = id;
    this.model = model;
  }

  /** A response of a stream that goes on. */
  String of(List<String> parts) {
    return json(candidate(parts, ""), null);
  }

  /** The last response, or the only one. */
  String last(List<String> parts, Piece.Finished finished, String usage) {
    String message =
        finished.refusal() == null
            ? ""
            : ",\"finishMessage\":" + JsonText.quote(finished.refusal());
    String reason = finished.refusal() == null ? reason(finished.reason()) : "SAFETY";
    return json(candidate(parts, ",\"finishReason\":\"" + reason + "\"" + message), usage);
  }

  private static String candidate(List<String> parts, String fields) {
    String content =
        parts.isEmpty()
            ? "{\"role\":\"model\"}"
            : "{\"parts\":[" + String.join(",", parts) + "],\"role\":\"model\"}";
    return "{\"content\":" + content + fields + ",\"index\":0}";
  }

  private String json(String candidate, @Nullable String usage) {
    return "{\"candidates\":["
        + candidate
        + "]"
        + (usage == null ? "" : ",\"usageMetadata\":" + usage)
        + ",\"modelVersion\":"
        + JsonText.quote(model)
        + (id.isEmpty() ? "" : ",\"responseId\":" + JsonText.quote(id))
        + "}";
  }

  private static String reason(FinishReason reason) {
    return switch (reason) {
      case STOP, TOOL_CALLS -> "STOP"; // Calls have no reason of their own.
      case LENGTH -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
    };
  }
}
