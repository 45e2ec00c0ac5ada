package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.PriceTerms;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model of the table of models.
 *
 * @param origin whose it is, and where its facts are from
 * @param batch the factor of its price in the provider's batches, in thousandths; zero when unknown
 */
public record ModelEntry(String name, ModelFacts facts, Offer offer, Origin origin, int batch) {
  /**
   * What a source says that a model offers; what is not named is unknown.
   *
   * @param abilities what its requests may have besides text
   * @param formats the APIs that its maker serves it with
   */
  public record Offer(Set<Ability> abilities, Set<ApiFormat> formats) {
    /** Nothing is known. */
    static final Offer UNKNOWN = new Offer(Set.of(), Set.of());
  }

  /**
   * Where the facts of a model are from.
   *
   * @param types the types of providers that serve it under this name; none for a name of the
   *     configuration
   * @param isOwnName whether the name and the price are only those of the one type
   * @param sources names of {@code model-sources.txt}, or {@code configuration}
   * @param asOf when they were compared with the sources, null for those of the configuration
   */
  public record Origin(
      Set<String> types, boolean isOwnName, List<String> sources, @Nullable LocalDate asOf) {
    private static final String CONFIGURATION = "configuration";

    /** The origin of a model that only the configuration names. */
    static final Origin OF_CONFIGURATION =
        new Origin(Set.of(), false, List.of(CONFIGURATION), null);

    /** The same, changed by the configuration. */
    Origin changed() {
      return sources.contains(CONFIGURATION)
          ? this
          : new Origin(
              types,
              isOwnName,
              Stream.concat(sources.stream(), Stream.of(CONFIGURATION)).toList(),
              asOf);
    }
  }

  /** The same facts under another name. */
  ModelEntry named(String other) {
    return new ModelEntry(other, facts, offer, origin, batch);
  }

  /** The same model with what the configuration says. */
  ModelEntry with(ModelFacts changed, Offer offered, int batchFactor) {
    return new ModelEntry(name, changed, offered, origin.changed(), batchFactor);
  }

  /** Whether providers of this type serve it under this name. */
  public boolean isServedBy(String type) {
    return origin.types().contains(type);
  }

  /** What changes its price; nothing when it has none. */
  public PriceTerms terms() {
    return facts.price() == null ? PriceTerms.STANDARD : facts.price().terms();
  }
}
