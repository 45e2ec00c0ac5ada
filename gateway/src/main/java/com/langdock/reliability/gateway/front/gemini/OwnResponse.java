package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A response of a provider that speaks this API, as far as a stream that goes on needs it. */
record OwnResponse(@Nullable JsonValue root) {
  static OwnResponse of(byte[] json) {
    return new OwnResponse(JsonBody.json(json));
  }

  String id() {
    return Objects.requireNonNullElse(JsonFields.text(root, "responseId"), "");
  }

  /** The model; {@code otherwise} if the response does not say it. */
  String model(String otherwise) {
    return Objects.requireNonNullElse(JsonFields.text(root, "modelVersion"), otherwise);
  }

  /** The parts that are calls, as they are. */
  List<String> calls() {
    return JsonFields.array(JsonFields.object(candidate(), "content"), "parts").stream()
        .filter(part -> JsonFields.object(part, "functionCall") != null)
        .map(JsonValue::raw)
        .toList();
  }

  /** Why the answer ended; null if it goes on. */
  Piece.@Nullable Finished finished() {
    if (JsonFields.text(JsonFields.object(root, "promptFeedback"), "blockReason") != null) {
      return new Piece.Finished(FinishReason.CONTENT_FILTER, null);
    }
    String reason = JsonFields.text(candidate(), "finishReason");
    return reason == null ? null : new Piece.Finished(reason(reason), null);
  }

  private static FinishReason reason(String reason) {
    return switch (reason) {
      case "STOP", "OTHER", "FINISH_REASON_UNSPECIFIED" -> FinishReason.STOP;
      case "MAX_TOKENS" -> FinishReason.LENGTH;
      default -> FinishReason.CONTENT_FILTER;
    };
  }

  private @Nullable JsonValue candidate() {
    return JsonFields.array(root, "candidates").stream().findFirst().orElse(null);
  }
}
