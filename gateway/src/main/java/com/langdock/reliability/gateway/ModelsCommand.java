package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.gateway.config.Ability;
import com.langdock.reliability.gateway.config.ApiFormat;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.config.ModelCheck;
import com.langdock.reliability.gateway.config.ModelEntry;
import com.langdock.reliability.gateway.config.ModelTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The command {@code models}: what is known of models, for people or as JSON. */
final class ModelsCommand {
  private static final String UNKNOWN = "-";
  private static final double MILLIONTHS = 1e6;
  private static final double PICODOLLARS_OF_ONE_IN_A_THOUSAND = 1e9;
  private static final List<String> HEADINGS =
      List.of(
          "MODEL",
          "SERVED BY",
          "CONTEXT",
          "OUTPUT",
          "TAKES",
          "APIS",
          "TRAITS",
          "$ IN/CACHED/OUT",
          "TERMS",
          "AS OF",
          "SOURCE");

  private final ConfigLoader loader;
  private final PrintStream out;

  ModelsCommand(ConfigLoader loader, PrintStream out) {
    this.loader = loader;
    this.out = out;
  }

  /** Prints what is asked for; the exit code is 1 where there is a problem. */
  int run(CommandLine.Models asked) {
    if (asked.output() == CommandLine.Models.Output.CHECK) {
      return check();
    }
    Optional<ModelTable> table = table(asked.config());
    if (table.isEmpty()) {
      return 1;
    }
    List<ModelEntry> entries =
        table.get().entries().stream()
            .filter(entry -> asked.type().map(entry::isServedBy).orElse(true))
            .toList();
    if (entries.isEmpty()) {
      out.println("no model is listed of type " + asked.type().orElse(""));
      return 1;
    }
    if (asked.output() == CommandLine.Models.Output.JSON) {
      out.println(ModelsJson.of(entries));
    } else {
      print(entries);
    }
    return 0;
  }

  private int check() {
    List<String> problems = ModelCheck.ofShipped(LocalDate.now(ZoneOffset.UTC));
    problems.forEach(out::println);
    int models = ModelTable.shipped().entries().size();
    out.println("models: " + models + " names, " + problems.size() + " problems");
    return problems.isEmpty() ? 0 : 1;
  }

  private Optional<ModelTable> table(Optional<Path> config) {
    if (config.isEmpty()) {
      return Optional.of(ModelTable.shipped());
    }
    return switch (loader.load(config.get(), List.of())) {
      case LoadedConfig.Loaded loaded -> Optional.of(loaded.config().models());
      case LoadedConfig.Rejected rejected -> {
        rejected.problems().forEach(problem -> out.println(problem.in(config.get().toString())));
        yield Optional.empty();
      }
    };
  }

  private void print(List<ModelEntry> entries) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    entries.forEach(entry -> rows.add(row(entry)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static List<String> row(ModelEntry entry) {
    LocalDate asOf = entry.origin().asOf();
    return List.of(
        entry.name(),
        list(entry.origin().types().stream().sorted().toList()),
        tokens(entry.facts().contextWindow()),
        tokens(entry.facts().maxOutputTokens()),
        list(entry.offer().abilities().stream().sorted().map(Ability::key).toList()),
        list(entry.offer().formats().stream().sorted().map(ApiFormat::key).toList()),
        traits(entry.facts().traits()),
        price(entry.facts().price()),
        terms(entry),
        asOf == null ? UNKNOWN : asOf.toString(),
        list(entry.origin().sources()));
  }

  private static String list(List<String> values) {
    return values.isEmpty() ? UNKNOWN : String.join(",", values);
  }

  private static String tokens(OptionalLong tokens) {
    return tokens.isEmpty() ? UNKNOWN : String.valueOf(tokens.getAsLong());
  }

  /** What is not as of a model about which nothing is known. */
  private static String traits(ModelTraits traits) {
    List<String> unusual = new ArrayList<>();
    if (traits.reasoning()) {
      unusual.add("reasoning");
    }
    if (traits.thinking() != ModelTraits.UNKNOWN.thinking()) {
      unusual.add("thinking=" + word(traits.thinking()));
    }
    if (traits.sampling() != ModelTraits.UNKNOWN.sampling()) {
      unusual.add("sampling=" + word(traits.sampling()));
    }
    if (traits.structuredOutput()) {
      unusual.add("schema");
    }
    if (traits.toolsNeedResponses()) {
      unusual.add("tools-need-responses");
    }
    if (!traits.prefill()) {
      unusual.add("no-prefill");
    }
    return list(unusual);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String price(@Nullable Price price) {
    return price == null
        ? UNKNOWN
        : dollars(price.input())
            + "/"
            + dollars(price.cachedInput())
            + "/"
            + dollars(price.output());
  }

  private static String dollars(long millionths) {
    return number(millionths / MILLIONTHS);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String terms(ModelEntry entry) {
    PriceTerms terms = entry.terms();
    List<String> said = new ArrayList<>();
    PriceTerms.LongPrompt longPrompt = terms.longPrompt();
    if (longPrompt.above() != Long.MAX_VALUE) {
      said.add(
          ">%dk:%s/%s"
              .formatted(
                  longPrompt.above() / 1_000,
                  factor(longPrompt.input()),
                  factor(longPrompt.output())));
    }
    addFactor(said, "cache-write", terms.cacheWrite());
    addFactor(said, "long-cache-write", terms.longCacheWrite());
    addFactor(said, "priority", terms.priority());
    addFactor(said, "flex", terms.flex());
    addFactor(said, "batch", entry.batch() == 0 ? PriceTerms.ONE : entry.batch());
    PriceTerms.Audio audio = terms.audio();
    if (!audio.equals(PriceTerms.Audio.AS_TEXT)) {
      said.add("audio:" + dollars(audio.input()) + "/" + dollars(audio.output()));
    }
    if (terms.webSearch() > 0) {
      said.add("1000-searches:" + number(terms.webSearch() / PICODOLLARS_OF_ONE_IN_A_THOUSAND));
    }
    return list(said);
  }

  private static void addFactor(List<String> said, String name, int factor) {
    if (factor != PriceTerms.ONE) {
      said.add(name + ":" + factor(factor));
    }
  }

  private static String factor(int thousandths) {
    return "x" + number((double) thousandths / PriceTerms.ONE);
  }
}
