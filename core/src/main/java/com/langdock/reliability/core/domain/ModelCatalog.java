package com.langdock.reliability.core.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The facts of models by name.
 *
 * <p>A name is looked up as it is, then as a version of a listed model, then the same without its
 * path ({@code meta-llama/Llama-3-8b}) and without the vendor ({@code eu.anthropic.claude-opus-4}),
 * then as an alias, at last as one of a family, whose name ends in {@code *}.
 *
 * <p>A version is a listed name and a suffix that identifies a release: one or more parts, each
 * after {@code -}, {@code @} or {@code :}, that are
 *
 * <ul>
 *   <li>a date: {@code 2024-08-06}, {@code 20240806}, {@code 05-06}, {@code 09-2025};
 *   <li>a number of at least three digits: {@code 0613}, {@code 001}, {@code 2512};
 *   <li>a revision: {@code v2}, {@code v1:0};
 *   <li>a stage: {@code latest}, {@code preview}, {@code exp}, {@code experimental}, {@code beta},
 *       {@code rc}, {@code rc1}.
 * </ul>
 *
 * <p>So {@code gpt-4o-2024-08-06} is a {@code gpt-4o}. Any other suffix names another model, such
 * as {@code -mini}, {@code -audio-preview}, {@code -16k}, or the {@code -5} of {@code
 * claude-opus-4-5}: it inherits nothing. A version inherits traits and price; the limits it
 * inherits are marked as such ({@link ModelFacts#limitsInherited}).
 */
public final class ModelCatalog {
  private static final String VERSION_MARKS = "-@:";
  private static final String FAMILY = "*";
  private static final Pattern VERSION =
      Pattern.compile(
          "(?:[-@:](?:\\d{3,}|\\d{2}-\\d{2}|\\d{2}-\\d{4}|\\d{4}-\\d{2}-\\d{2}|v\\d+(?:[:.]\\d+)?"
              + "|latest|preview|exp|experimental|beta|rc\\d*))+");

  /** The region and the vendor before a name at Bedrock, such as {@code eu.anthropic.}. */
  private static final Pattern VENDOR = Pattern.compile("[a-z-]+\\.(?=[a-z])");

  private static final int MAX_VENDOR_PARTS = 2;

  private final Map<String, ModelFacts> facts;
  private final Map<String, ModelFacts> aliases;
  private final Map<String, ModelFacts> families;
  private final Map<Target, ModelFacts> targets;

  /** A catalog of the given names; one that ends in {@code *} is a family's. */
  public ModelCatalog(Map<String, ModelFacts> facts) {
    this(facts, Map.of(), Map.of());
  }

  /**
   * A catalog of the given names.
   *
   * @param aliases facts of names that clients use and that are not listed, each those of the model
   *     behind it
   * @param targets the facts of models as one provider serves them, where they are not those of the
   *     name that clients use
   */
  public ModelCatalog(
      Map<String, ModelFacts> facts,
      Map<String, ModelFacts> aliases,
      Map<Target, ModelFacts> targets) {
    Map<String, ModelFacts> ofFamilies = new HashMap<>();
    facts.forEach((name, family) -> {
      if (name.endsWith(FAMILY)) {
        ofFamilies.put(name.substring(0, name.length() - FAMILY.length()), family);
      }
    });
    this.facts = Map.copyOf(facts);
    this.aliases = Map.copyOf(aliases);
    this.families = Map.copyOf(ofFamilies);
    this.targets = Map.copyOf(targets);
  }

  /** Whether {@code model} is listed here, by whatever name or version of it. */
  public boolean knows(String model) {
    return find(model) != null || aliases.containsKey(model);
  }

  /** The facts of {@code model}, {@link ModelFacts#UNKNOWN} when it is not known. */
  public ModelFacts factsOf(String model) {
    ModelFacts found = find(model);
    found = found != null ? found : aliases.get(model);
    return found == null ? ofFamily(model) : found;
  }

  /** The facts of a model as one provider serves it. */
  public ModelFacts factsOf(Target target) {
    ModelFacts own = targets.get(target);
    return own == null ? factsOf(target.model()) : own;
  }

  /**
   * The facts of a model as one provider serves it: those of the name that clients use where it is
   * listed, else those of the provider's own name for it.
   */
  public ModelFacts factsOf(String model, String upstreamName) {
    ModelFacts found = find(model);
    found = found != null ? found : find(upstreamName);
    if (found == null) {
      found = ofFamily(upstreamName);
    }
    return found.equals(ModelFacts.UNKNOWN) ? factsOf(model) : found;
  }

  private @Nullable ModelFacts find(String model) {
    ModelFacts found = byNameOrVersion(model);
    if (found != null) {
      return found;
    }
    String name = model.substring(model.lastIndexOf('/') + 1);
    found = byNameOrVersion(name);
    Matcher vendor = VENDOR.matcher(name);
    for (int parts = 0; found == null && parts < MAX_VENDOR_PARTS && vendor.lookingAt(); parts++) {
      name = name.substring(vendor.end());
      vendor.reset(name);
      found = byNameOrVersion(name);
    }
    return found;
  }

  private @Nullable ModelFacts byNameOrVersion(String name) {
    ModelFacts exact = facts.get(name);
    for (int end = name.length() - 1; exact == null && end > 0; end--) {
      if (VERSION_MARKS.indexOf(name.charAt(end)) >= 0) {
        ModelFacts ofModel = facts.get(name.substring(0, end));
        if (ofModel != null) {
          return VERSION.matcher(name).region(end, name.length()).matches()
              ? ofModel.ofVersion()
              : null;
        }
      }
    }
    return exact;
  }

  /** The facts of the family with the longest name that {@code model} begins with. */
  private ModelFacts ofFamily(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    for (int end = families.isEmpty() ? 0 : name.length(); end > 0; end--) {
      ModelFacts family = families.get(name.substring(0, end));
      if (family != null) {
        return family.ofVersion();
      }
    }
    return ModelFacts.UNKNOWN;
  }
}
