package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The {@code generationConfig}: limit, sampling, stop sequences, output format and thinking.
 *
 * @param limit null if the client set none
 * @param temperature a JSON number; null to omit it; the same for {@code topP} and {@code topK}
 */
record GenerationConfig(
    @Nullable Long limit,
    @Nullable String temperature,
    @Nullable String topP,
    @Nullable String topK,
    List<String> stops,
    AnswerFormat format,
    Thinking thinking) {
  private static final int MAX_TEMPERATURE = 2;
  private static final int MAX_STOPS = 5;

  /** The configuration for {@code options}. */
  static GenerationConfig of(
      AnswerOptions options,
      AnswerFormat format,
      ModelFacts facts,
      RequestChanges.Builder changes) {
    AnswerOptions.Sampling sampling = options.sampling();
    return new GenerationConfig(
        limit(options.limit(), facts, changes),
        temperature(sampling.temperature(), changes),
        number(sampling.topP()),
        topK(sampling.topK(), changes),
        stops(sampling.stop(), changes),
        format,
        Thinking.of(options.effort(), facts.traits(), changes));
  }

  /**
   * The client's limit, capped to the model's, because Gemini rejects a higher one. A limit that is
   * only inherited from the model's family does not lower the client's.
   */
  private static @Nullable Long limit(
      @Nullable Field<Long> limit, ModelFacts facts, RequestChanges.Builder changes) {
    OptionalLong most = facts.limitsInherited() ? OptionalLong.empty() : facts.maxOutputTokens();
    if (limit == null || most.isEmpty() || limit.value() <= most.getAsLong()) {
      return limit == null ? null : limit.value();
    }
    changes.adjusted(limit.path());
    return most.getAsLong();
  }

  private static @Nullable String temperature(
      @Nullable Field<JsonValue> requested, RequestChanges.Builder changes) {
    if (requested != null && requested.value().number() > MAX_TEMPERATURE) {
      changes.adjusted(requested.path());
      return Integer.toString(MAX_TEMPERATURE);
    }
    return number(requested);
  }

  /** A value of 0, which elsewhere means all tokens, is rejected. */
  private static @Nullable String topK(
      @Nullable Field<JsonValue> requested, RequestChanges.Builder changes) {
    if (requested != null && requested.value().number() < 1) {
      changes.dropped(requested.path());
      return null;
    }
    return number(requested);
  }

  private static @Nullable String number(@Nullable Field<JsonValue> requested) {
    return requested == null ? null : requested.value().raw();
  }

  private static List<String> stops(
      @Nullable Field<List<String>> requested, RequestChanges.Builder changes) {
    if (requested == null) {
      return List.of();
    }
    List<String> stops =
        requested.value().stream().filter(stop -> !stop.isEmpty()).limit(MAX_STOPS).toList();
    if (stops.size() < requested.value().size()) {
      changes.dropped(requested.path());
    }
    return stops;
  }

  /** Writes the object. */
  void write(JsonGenerator out) {
    out.writeName("generationConfig");
    out.writeStartObject();
    if (limit != null) {
      out.writeNumberProperty("maxOutputTokens", limit);
    }
    writeRaw(out, "temperature", temperature);
    writeRaw(out, "topP", topP);
    writeRaw(out, "topK", topK);
    if (!stops.isEmpty()) {
      out.writeName("stopSequences");
      out.writeStartArray();
      stops.forEach(out::writeString);
      out.writeEndArray();
    }
    format.write(out);
    thinking.write(out);
    out.writeEndObject();
  }

  private static void writeRaw(JsonGenerator out, String name, @Nullable String json) {
    if (json != null) {
      out.writeName(name);
      out.writeRawValue(json);
    }
  }
}
