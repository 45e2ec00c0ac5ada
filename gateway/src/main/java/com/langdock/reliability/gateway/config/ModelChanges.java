package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.gateway.config.ModelEntry.Offer;
import com.langdock.reliability.gateway.config.PriceReader.Priced;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What a configuration says about one model: a section of {@code models}. */
final class ModelChanges {
  private static final long MAX_TOKENS = 1_000_000_000;

  private final Section section;

  /** The encodings that tokens can be counted with. */
  private enum Tokenizer {
    CL100K_BASE,
    O200K_BASE
  }

  /** The changes in {@code section}; problems are recorded when they are applied. */
  ModelChanges(Section section) {
    this.section = section;
  }

  /** The entry of a model with these changes. */
  ModelEntry applyTo(ModelEntry entry) {
    Offer standard = entry.offer();
    Offer offer =
        new Offer(
            names(section, "abilities", Ability.class, Ability.keys(), Ability::of)
                .orElse(standard.abilities()),
            names(section, "formats", ApiFormat.class, ApiFormat.keys(), ApiFormat::of)
                .orElse(standard.formats()));
    Priced priced = PriceReader.read(section, new Priced(entry.facts().price(), entry.batch()));
    return entry.with(applyTo(entry.facts()), offer, priced.batch());
  }

  /** The facts of a model with these changes. */
  ModelFacts applyTo(ModelFacts standard) {
    boolean saysLimits = section.has("context_window") || section.has("max_output_tokens");
    ModelFacts facts =
        new ModelFacts(
            tokens("context_window", standard.contextWindow()),
            tokens("max_output_tokens", standard.maxOutputTokens()),
            standard.limitsInherited() && !saysLimits,
            traits(standard.traits()),
            section
                .value("tokenizer")
                .choice(Tokenizer.class)
                .map(tokenizer -> tokenizer.name().toLowerCase(Locale.ROOT))
                .orElse(standard.tokenizer()),
            PriceReader.read(section, new Priced(standard.price(), 0)).price());
    long window = facts.contextWindow().orElse(MAX_TOKENS);
    if (facts.maxOutputTokens().orElse(0) > window) {
      section
          .place("max_output_tokens")
          .reject("must not be larger than context_window, " + window);
    }
    return facts;
  }

  private ModelTraits traits(ModelTraits standard) {
    return new ModelTraits(
        section.value("reasoning").flag(standard.reasoning()),
        section.value("prefill").flag(standard.prefill()),
        section.value("sampling").choice(Sampling.class).orElse(standard.sampling()),
        section.value("thinking").choice(Thinking.class).orElse(standard.thinking()),
        section.value("structured_output").flag(standard.structuredOutput()),
        section.value("tools_need_responses").flag(standard.toolsNeedResponses()));
  }

  private OptionalLong tokens(String key, OptionalLong standard) {
    return section.value(key).whole(1, MAX_TOKENS).map(OptionalLong::of).orElse(standard);
  }

  private static <E extends Enum<E>> Optional<Set<E>> names(
      Section section, String key, Class<E> type, List<String> keys, Function<String, E> named) {
    Set<E> values = EnumSet.noneOf(type);
    for (Item item : section.texts(key)) {
      item.oneOf(keys).map(named).ifPresent(values::add);
    }
    return section.has(key) ? Optional.of(values) : Optional.empty();
  }
}
