package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.provider.claude.Sampling;
import com.langdock.reliability.gateway.provider.claude.Thinking;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The limit, the sampling and the thinking of an answer. What only Claude models have goes into
 * {@code additionalModelRequestFields}; other models get what every model of Bedrock has.
 *
 * @param limit null for the model's own
 */
record Options(@Nullable Long limit, Sampling sampling, @Nullable Thinking thinking) {
  private static final long DEFAULT_LIMIT = 4_096;

  /** The options of a Claude model. */
  static Options ofClaude(
      AnswerOptions options,
      ModelFacts facts,
      Thinking.Situation situation,
      RequestChanges.Builder changes) {
    Long limit = limit(options.limit(), facts, changes);
    long most = limit == null ? facts.maxOutputTokens().orElse(DEFAULT_LIMIT) : limit;
    Thinking thinking = Thinking.of(options.effort(), facts.traits(), most, situation, changes);
    boolean hasBudget = thinking.mode() == Thinking.Mode.ENABLED; // which is below the limit
    return new Options(
        hasBudget ? Long.valueOf(most) : limit,
        Sampling.of(options.sampling(), facts.traits(), thinking.isOn(), changes),
        thinking);
  }

  /** The options of any other model. */
  static Options of(AnswerOptions options, ModelFacts facts, RequestChanges.Builder changes) {
    AnswerOptions.Sampling sampling = options.sampling();
    Field<String> effort = options.effort();
    if (effort != null && !effort.value().equals("none")) {
      changes.dropped(effort.path());
    }
    if (sampling.topK() != null) {
      changes.dropped(sampling.topK().path());
    }
    return new Options(
        limit(options.limit(), facts, changes),
        new Sampling(
            upToOne(sampling.temperature(), changes),
            upToOne(sampling.topP(), changes),
            null,
            stops(sampling.stop(), changes)),
        null);
  }

  /**
   * The client's limit, capped to the model's. A limit that is only inherited from the model's
   * family does not lower the client's.
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

  private static @Nullable String upToOne(
      @Nullable Field<JsonValue> requested, RequestChanges.Builder changes) {
    if (requested != null && requested.value().number() > 1) {
      changes.adjusted(requested.path());
      return "1";
    }
    return requested == null ? null : requested.value().raw();
  }

  private static List<String> stops(
      @Nullable Field<List<String>> requested, RequestChanges.Builder changes) {
    if (requested == null) {
      return List.of();
    }
    List<String> stops = requested.value().stream().filter(stop -> !stop.isEmpty()).toList();
    if (stops.size() < requested.value().size()) {
      changes.dropped(requested.path());
    }
    return stops;
  }

  /** The effort; null for none. */
  @Nullable String effort() {
    return thinking == null ? null : thinking.effort();
  }

  /** Writes {@code inferenceConfig} and {@code additionalModelRequestFields}. */
  void write(JsonGenerator out) {
    out.writeName("inferenceConfig");
    out.writeStartObject();
    if (limit != null) {
      out.writeNumberProperty("maxTokens", limit);
    }
    writeRaw(out, "temperature", sampling.temperature());
    writeRaw(out, "topP", sampling.topP());
    if (!sampling.stops().isEmpty()) {
      out.writeName("stopSequences");
      out.writeStartArray();
      sampling.stops().forEach(out::writeString);
      out.writeEndArray();
    }
    out.writeEndObject();
    if (thinking != null && (sampling.topK() != null || thinking.mode() != Thinking.Mode.UNSET)) {
      out.writeName("additionalModelRequestFields");
      out.writeStartObject();
      writeRaw(out, "top_k", sampling.topK());
      thinking.write(out);
      out.writeEndObject();
    }
  }

  private static void writeRaw(JsonGenerator out, String name, @Nullable String json) {
    if (json != null) {
      out.writeName(name);
      out.writeRawValue(json);
    }
  }
}
