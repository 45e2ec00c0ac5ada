package com.langdock.reliability.gateway.provider.anthropic;

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
 * The parameters of sampling that the model takes, and the stop sequences.
 *
 * <p>Temperature ends at 1 here and at 2 in OpenAI's format: what is above is 1, as in Anthropic's
 * own compatibility layer, since half of it would change every request below 1. A temperature or
 * {@code top_p} of 1 is the default and is left out, because newer models refuse the fields. Where
 * a model takes one of the two, the temperature counts. A request that thinks takes none of them.
 *
 * @param temperature the client's digits, null to leave it out; the same for the next two
 */
record Sampling(
    @Nullable String temperature,
    @Nullable String topP,
    @Nullable String topK,
    List<String> stops) {

  static Sampling of(
      AnswerOptions.Sampling wish,
      ModelTraits traits,
      boolean thinks,
      RequestChanges.Builder changes) {
    boolean takesNone = thinks || traits.sampling() == ModelTraits.Sampling.NONE;
    String temperature = belowOne(wish.temperature(), takesNone, changes);
    boolean takesOne = traits.sampling() == ModelTraits.Sampling.ONE && temperature != null;
    return new Sampling(
        temperature,
        belowOne(wish.topP(), takesNone || takesOne, changes),
        number(wish.topK(), takesNone, changes),
        stops(wish.stop(), changes));
  }

  private static @Nullable String belowOne(
      @Nullable Field<JsonValue> wish, boolean isDropped, RequestChanges.Builder changes) {
    if (wish == null || wish.value().number() == 1) {
      return null;
    }
    if (wish.value().number() > 1 && !isDropped) {
      changes.adjusted(wish.path());
      return null;
    }
    return number(wish, isDropped, changes);
  }

  private static @Nullable String number(
      @Nullable Field<JsonValue> wish, boolean isDropped, RequestChanges.Builder changes) {
    if (wish != null && isDropped) {
      changes.dropped(wish.path());
    }
    return wish == null || isDropped ? null : wish.value().raw();
  }

  /** The stop sequences without those of white space only, which Anthropic refuses. */
  private static List<String> stops(
      @Nullable Field<List<String>> wish, RequestChanges.Builder changes) {
    if (wish == null) {
      return List.of();
    }
    List<String> stops = new ArrayList<>(wish.value());
    if (stops.removeIf(AnthropicWhitespace::isBlank)) {
      changes.dropped(wish.path());
    }
    return stops;
  }

  void write(JsonGenerator out) {
    Block.writeRaw(out, "temperature", temperature);
    Block.writeRaw(out, "top_p", topP);
    Block.writeRaw(out, "top_k", topK);
    if (!stops.isEmpty()) {
      out.writeName("stop_sequences");
      out.writeStartArray();
      stops.forEach(out::writeString);
      out.writeEndArray();
    }
  }
}
