package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.gateway.config.Ability;
import com.langdock.reliability.gateway.config.ApiFormat;
import com.langdock.reliability.gateway.config.ModelEntry;
import com.langdock.reliability.json.JsonWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Models as JSON: an array with an object of each; what is unknown has no key. */
final class ModelsJson {
  private static final double MILLIONTHS = 1e6;
  private static final double PICODOLLARS_OF_ONE_IN_A_THOUSAND = 1e9;

  private ModelsJson() {}

  /** The JSON of {@code entries}. */
  static String of(List<ModelEntry> entries) {
    return JsonWriter.value(json -> {
      json.writeStartArray();
      entries.forEach(entry -> write(json, entry));
      json.writeEndArray();
    });
  }

  private static void write(JsonGenerator json, ModelEntry entry) {
    ModelFacts facts = entry.facts();
    json.writeStartObject();
    json.writeStringProperty("model", entry.name());
    list(json, "served_by", entry.origin().types().stream().sorted().toList());
    tokens(json, "context_window", facts.contextWindow());
    tokens(json, "max_output_tokens", facts.maxOutputTokens());
    list(json, "abilities", entry.offer().abilities().stream().sorted().map(Ability::key).toList());
    list(json, "formats", entry.offer().formats().stream().sorted().map(ApiFormat::key).toList());
    traits(json, facts.traits());
    if (facts.tokenizer() != null) {
      json.writeStringProperty("tokenizer", facts.tokenizer());
    }
    if (facts.price() != null) {
      price(json, facts.price(), entry.batch());
    }
    LocalDate asOf = entry.origin().asOf();
    if (asOf != null) {
      json.writeStringProperty("as_of", asOf.toString());
    }
    list(json, "sources", entry.origin().sources());
    json.writeEndObject();
  }

  private static void traits(JsonGenerator json, ModelTraits traits) {
    json.writeBooleanProperty("reasoning", traits.reasoning());
    json.writeBooleanProperty("prefill", traits.prefill());
    json.writeStringProperty("sampling", traits.sampling().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("thinking", traits.thinking().name().toLowerCase(Locale.ROOT));
    json.writeBooleanProperty("structured_output", traits.structuredOutput());
    json.writeBooleanProperty("tools_need_responses", traits.toolsNeedResponses());
  }

  /** Dollars per million tokens, and factors on them. */
  private static void price(JsonGenerator json, Price price, int batch) {
    json.writeObjectPropertyStart("price");
    json.writeNumberProperty("input", price.input() / MILLIONTHS);
    json.writeNumberProperty("cached_input", price.cachedInput() / MILLIONTHS);
    json.writeNumberProperty("output", price.output() / MILLIONTHS);
    PriceTerms terms = price.terms();
    factor(json, "cache_write", terms.cacheWrite());
    factor(json, "long_cache_write", terms.longCacheWrite());
    if (terms.longPrompt().above() != Long.MAX_VALUE) {
      json.writeObjectPropertyStart("long_prompt");
      json.writeNumberProperty("above", terms.longPrompt().above());
      factor(json, "input", terms.longPrompt().input());
      factor(json, "output", terms.longPrompt().output());
      json.writeEndObject();
    }
    factor(json, "priority", terms.priority());
    factor(json, "flex", terms.flex());
    factor(json, "batch", batch == 0 ? PriceTerms.ONE : batch);
    dollars(json, "audio_input", terms.audio().input() / MILLIONTHS);
    dollars(json, "audio_output", terms.audio().output() / MILLIONTHS);
    dollars(json, "web_search", terms.webSearch() / PICODOLLARS_OF_ONE_IN_A_THOUSAND);
    json.writeEndObject();
  }

  private static void dollars(JsonGenerator json, String name, double dollars) {
    if (dollars > 0) {
      json.writeNumberProperty(name, dollars);
    }
  }

  private static void factor(JsonGenerator json, String name, int thousandths) {
    if (thousandths != PriceTerms.ONE) {
      json.writeNumberProperty(name, (double) thousandths / PriceTerms.ONE);
    }
  }

  private static void tokens(JsonGenerator json, String name, OptionalLong tokens) {
    tokens.ifPresent(count -> json.writeNumberProperty(name, count));
  }

  private static void list(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
