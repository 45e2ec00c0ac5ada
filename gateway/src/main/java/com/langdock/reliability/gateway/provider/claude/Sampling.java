package com.langdock.reliability.gateway.provider.claude;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The sampling parameters that the model accepts, and the stop sequences.
 *
 * <p>The maximum temperature is 1 here and 2 in OpenAI's format. Higher values are set to 1, as in
 * Anthropic's own compatibility layer; scaling would change every request below 1. A temperature or
 * {@code top_p} of 1 is the default and is omitted, because newer models reject the fields. If a
 * model accepts only one of the two, the temperature is sent. A request with thinking has none of
 * them.
 *
 * @param temperature in the client's spelling; null to omit it; the same for {@code topP} and
 *     {@code topK}
 */
public record Sampling(
    @Nullable String temperature,
    @Nullable String topP,
    @Nullable String topK,
    List<String> stops) {

  /** The parameters of {@code requested} that a model with these traits accepts. */
  public static Sampling of(
      AnswerOptions.Sampling requested,
      ModelTraits traits,
      boolean isThinkingOn,
      RequestChanges.Builder changes) {
    boolean acceptsNone = isThinkingOn || traits.sampling() == ModelTraits.Sampling.NONE;
    String temperature = belowOne(requested.temperature(), acceptsNone, changes);
    boolean acceptsOne = traits.sampling() == ModelTraits.Sampling.ONE && temperature != null;
    return new Sampling(
        temperature,
        belowOne(requested.topP(), acceptsNone || acceptsOne, changes),
        number(requested.topK(), acceptsNone, changes),
        stops(requested.stop(), changes));
  }

  private static @Nullable String belowOne(
      @Nullable Field<JsonValue> requested, boolean isDropped, RequestChanges.Builder changes) {
    if (requested == null || requested.value().number() == 1) {
      return null;
    }
    if (requested.value().number() > 1 && !isDropped) {
      changes.adjusted(requested.path());
      return null;
    }
    return number(requested, isDropped, changes);
  }

  private static @Nullable String number(
      @Nullable Field<JsonValue> requested, boolean isDropped, RequestChanges.Builder changes) {
    if (requested != null && isDropped) {
      changes.dropped(requested.path());
    }
    return requested == null || isDropped ? null : requested.value().raw();
  }

  /** The stop sequences without blank ones, which Anthropic rejects. */
  private static List<String> stops(
      @Nullable Field<List<String>> requested, RequestChanges.Builder changes) {
    if (requested == null) {
      return List.of();
    }
    List<String> stops = new ArrayList<>(requested.value());
    if (stops.removeIf(ClaudeWhitespace::isBlank)) {
      changes.dropped(requested.path());
    }
    return stops;
  }

  /** Writes the fields in the Messages API's names. */
  public void write(JsonGenerator out) {
    writeRaw(out, "temperature", temperature);
    writeRaw(out, "top_p", topP);
    writeRaw(out, "top_k", topK);
    if (!stops.isEmpty()) {
      out.writeName("stop_sequences");
      out.writeStartArray();
      stops.forEach(out::writeString);
      out.writeEndArray();
    }
  }

  private static void writeRaw(JsonGenerator out, String name, @Nullable String json) {
    if (json != null) {
      out.writeName(name);
      out.writeRawValue(json);
    }
  }
}
