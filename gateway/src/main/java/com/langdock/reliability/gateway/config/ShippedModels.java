package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts that ship with the gateway: {@code models.txt}, whose top describes its columns.
 *
 * <p>A table and not YAML, since every start reads it: as YAML it was a quarter of a start.
 */
final class ShippedModels {
  private static final String RESOURCE = "models.txt";
  private static final String OTHER_NAME = "=";
  private static final String NONE = "-";

  private final Map<String, ModelFacts> facts = new HashMap<>();
  private final ShippedTerms terms = ShippedTerms.read();

  private ShippedModels() {}

  /** The facts by name. */
  static Map<String, ModelFacts> read() {
    ShippedModels models = new ShippedModels();
    lines(RESOURCE).forEach(models::add);
    return models.facts;
  }

  /** The lines of a table that say something. */
  static Stream<String> lines(String resource) {
    return text(resource).lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#');
  }

  private static String text(String resource) {
    try (InputStream in = ShippedModels.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private void add(String line) {
    StringTokenizer cells = new StringTokenizer(line);
    String name = cells.nextToken();
    String next = cells.nextToken();
    ModelFacts named =
        next.equals(OTHER_NAME)
            ? ofOtherName(name, Objects.requireNonNull(facts.get(cells.nextToken()), line))
            : under(terms.of(name), facts(next, cells));
    if (cells.hasMoreTokens() || facts.putIfAbsent(name, named) != null) {
      throw new IllegalStateException(RESOURCE + " is wrong: " + line);
    }
  }

  private ModelFacts ofOtherName(String name, ModelFacts named) {
    PriceTerms own = terms.ofName(name);
    return own == null ? named : under(own, named);
  }

  private static ModelFacts under(PriceTerms terms, ModelFacts facts) {
    Price price = facts.price();
    return price == null
        ? facts
        : new ModelFacts(
            facts.contextWindow(),
            facts.maxOutputTokens(),
            facts.limitsInherited(),
            facts.traits(),
            facts.tokenizer(),
            price.with(terms));
  }

  private static ModelFacts facts(String window, StringTokenizer cells) {
    return new ModelFacts(
        tokens(window),
        tokens(cells.nextToken()),
        false,
        traits(cells),
        textOrNull(cells.nextToken()),
        price(cells.nextToken(), cells.nextToken(), cells.nextToken(), cells.nextToken()));
  }

  private static ModelTraits traits(StringTokenizer cells) {
    ModelTraits usual = ModelTraits.UNKNOWN;
    return new ModelTraits(
        flag(cells.nextToken(), usual.reasoning()),
        flag(cells.nextToken(), usual.prefill()),
        word(cells.nextToken(), usual.sampling(), Sampling.class),
        word(cells.nextToken(), usual.thinking(), Thinking.class),
        switch (cells.nextToken()) {
          case NONE -> usual.structuredOutput();
          case "native" -> true;
          case "tool" -> false;
          default -> throw new IllegalStateException("neither native nor tool");
        });
  }

  private static <E extends Enum<E>> E word(String cell, E usual, Class<E> type) {
    return cell.equals(NONE) ? usual : Enum.valueOf(type, cell.toUpperCase(Locale.ROOT));
  }

  private static OptionalLong tokens(String cell) {
    return cell.equals(NONE) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cell));
  }

  private static boolean flag(String cell, boolean usual) {
    return switch (cell) {
      case NONE -> usual;
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalStateException("neither yes nor no: " + cell);
    };
  }

  private static @Nullable String textOrNull(String cell) {
    return cell.equals(NONE) ? null : cell;
  }

  private static @Nullable Price price(String input, String cached, String output, String asOf) {
    if (input.equals(NONE)) {
      return null;
    }
    return Price.perMillion(
        Double.parseDouble(input),
        Double.parseDouble(cached.equals(NONE) ? input : cached),
        Double.parseDouble(output),
        LocalDate.parse(asOf));
  }
}
