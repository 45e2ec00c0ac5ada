package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.gateway.config.ModelEntry.Offer;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cells of one line of {@code models.txt} after the model's name. */
record ModelLine(ModelFacts facts, Offer offer, LocalDate asOf, List<String> sources) {
  private static final String NONE = "-";
  private static final String TOOLS_NEED_RESPONSES = "tools_need_responses";

  /**
   * Reads the cells from {@code window} on.
   *
   * @throws RuntimeException if one has not the form that the table's top describes, or is missing
   */
  static ModelLine read(String window, StringTokenizer cells) {
    OptionalLong contextWindow = tokens(window);
    OptionalLong maxOutputTokens = tokens(cells.nextToken());
    Set<Ability> abilities = names(cells.nextToken(), Ability.class, Ability::of);
    Set<ApiFormat> formats = names(cells.nextToken(), ApiFormat.class, ApiFormat::of);
    ModelTraits traits = traits(cells);
    @Nullable String tokenizer = textOrNull(cells.nextToken());
    String input = cells.nextToken();
    String cached = cells.nextToken();
    String output = cells.nextToken();
    LocalDate asOf = LocalDate.parse(cells.nextToken());
    List<String> sources = List.of(cells.nextToken().split(",", -1));
    return new ModelLine(
        new ModelFacts(
            contextWindow,
            maxOutputTokens,
            false,
            withTools(traits, cells),
            tokenizer,
            price(input, cached, output, asOf)),
        new Offer(abilities, formats),
        asOf,
        sources);
  }

  /** The traits with what the last cell says of tools, which few lines have. */
  private static ModelTraits withTools(ModelTraits traits, StringTokenizer cells) {
    if (!cells.hasMoreTokens()) {
      return traits;
    }
    if (!cells.nextToken().equals(TOOLS_NEED_RESPONSES)) {
      throw new IllegalStateException("not " + TOOLS_NEED_RESPONSES);
    }
    return new ModelTraits(
        traits.reasoning(),
        traits.prefill(),
        traits.sampling(),
        traits.thinking(),
        traits.structuredOutput(),
        true);
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

  private static <E extends Enum<E>> Set<E> names(
      String cell, Class<E> type, Function<String, E> named) {
    return Stream.of(cell.split(",", -1))
        .filter(name -> !name.equals(NONE))
        .map(named)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
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

  private static @Nullable Price price(String input, String cached, String output, LocalDate asOf) {
    if (input.equals(NONE)) {
      return null;
    }
    return Price.perMillion(
        Double.parseDouble(input),
        Double.parseDouble(cached.equals(NONE) ? input : cached),
        Double.parseDouble(output),
        asOf);
  }
}
