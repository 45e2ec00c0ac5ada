package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's request for embeddings, as far as other APIs can express it.
 *
 * @param texts at least one
 * @param dimensions null if the client did not set them
 * @param inputType what the vectors are for, in Cohere's words; null if the client did not tell it
 * @param isBase64 whether the client wants base64 in place of numbers
 */
record EmbeddingsInput(
    List<String> texts, @Nullable Long dimensions, @Nullable String inputType, boolean isBase64) {
  private static final Set<String> READ =
      Set.of(
          "model",
          "input",
          "encoding_format",
          "dimensions",
          "input_type",
          "preferred_provider",
          "client_id");

  /** Why the input cannot be expressed: tokens are those of one model; null if it can. */
  static Failure.@Nullable Untranslatable untranslatable(JsonValue request, int most) {
    JsonValue input = JsonFields.value(request, "input");
    if (input == null || !isTexts(input)) {
      return new Failure.Untranslatable("input", "The provider takes only texts as input.");
    }
    return input.kind() == Kind.ARRAY && input.size() > most
        ? new Failure.Untranslatable("input", "The provider takes at most " + most + " texts.")
        : null;
  }

  private static boolean isTexts(JsonValue input) {
    return input.kind() == Kind.STRING
        || input.elements().stream().allMatch(text -> text.kind() == Kind.STRING);
  }

  /** The request, whose input is texts. */
  static EmbeddingsInput of(JsonValue request) {
    JsonValue dimensions = JsonFields.number(request, "dimensions");
    return new EmbeddingsInput(
        JsonFields.texts(request, "input"),
        dimensions == null ? null : JsonFields.count(request, "dimensions"),
        JsonFields.text(request, "input_type"),
        JsonFields.isText(request, "encoding_format", "base64"));
  }

  /** Tells which fields have no counterpart. */
  static void drop(JsonValue request, RequestChanges.Builder changes) {
    for (JsonValue.Member member : request.members()) {
      if (!READ.contains(member.name())) {
        changes.dropped(member.name());
      }
    }
  }
}
