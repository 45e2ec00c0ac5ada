package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.PriceTerms;
import com.langdock.reliability.core.domain.PriceTerms.Audio;
import com.langdock.reliability.core.domain.PriceTerms.LongPrompt;
import com.langdock.reliability.yaml.Section;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads {@code price}: US dollars per million tokens, what changes them, and their date. */
final class PriceReader {
  private static final int MOST = 100_000;
  private static final int MOST_TIMES = PriceTerms.MAX_FACTOR / PriceTerms.ONE;
  private static final long MOST_TOKENS = 1_000_000_000;
  private static final double MILLIONTHS = 1e6;
  private static final double PICODOLLARS_OF_ONE_IN_A_THOUSAND = 1e9;

  /**
   * The price of a model.
   *
   * @param batch the factor in the provider's batches, in thousandths; zero when unknown
   */
  record Priced(@Nullable Price price, int batch) {}

  private PriceReader() {}

  /** The price in a model's section; what that does not say is as in {@code standard}. */
  static Priced read(Section model, Priced standard) {
    return model.has("price") ? model.section("price", price -> priced(price, standard)) : standard;
  }

  private static Priced priced(Section section, Priced standard) {
    Price known = standard.price();
    boolean isSaid = section.has("input") && section.has("output");
    boolean isHalfSaid = section.has("input") != section.has("output");
    if (isHalfSaid || (!isSaid && known == null)) {
      section.place("input").reject("needs input and output, in dollars per million tokens");
    }
    double input = section.value("input").number(known == null ? 0 : dollars(known.input()), MOST);
    double cached = isSaid || known == null ? input : dollars(known.cachedInput());
    double output =
        section.value("output").number(known == null ? 0 : dollars(known.output()), MOST);
    LocalDate date = isSaid || known == null ? LocalDate.EPOCH : known.asOf();
    Price price =
        Price.perMillion(
            input,
            section.value("cached_input").number(cached, MOST),
            output,
            section.value("as_of").date(date));
    PriceTerms terms = terms(section, known == null ? PriceTerms.STANDARD : known.terms());
    return new Priced(price.with(terms), factor(section, "batch", standard.batch()));
  }

  private static double dollars(long millionths) {
    return millionths / MILLIONTHS;
  }

  private static PriceTerms terms(Section section, PriceTerms standard) {
    Audio audio = standard.audio();
    return new PriceTerms(
        factor(section, "cache_write", standard.cacheWrite()),
        factor(section, "long_cache_write", standard.longCacheWrite()),
        new Audio(
            millionths(section, "audio_input", audio.input()),
            millionths(section, "audio_output", audio.output())),
        section.section("long_prompt", prompt -> longPrompt(prompt, standard.longPrompt())),
        factor(section, "priority", standard.priority()),
        factor(section, "flex", standard.flex()),
        Math.round(
            section
                    .value("web_search")
                    .number(standard.webSearch() / PICODOLLARS_OF_ONE_IN_A_THOUSAND, MOST)
                * PICODOLLARS_OF_ONE_IN_A_THOUSAND));
  }

  private static LongPrompt longPrompt(Section prompt, LongPrompt standard) {
    return new LongPrompt(
        prompt.value("above").whole(1, MOST_TOKENS).orElse(standard.above()),
        factor(prompt, "input", standard.input()),
        factor(prompt, "output", standard.output()));
  }

  private static long millionths(Section section, String key, long standard) {
    return Math.round(section.value(key).number(dollars(standard), MOST) * MILLIONTHS);
  }

  private static int factor(Section section, String key, int standard) {
    double times = (double) standard / PriceTerms.ONE;
    return (int) Math.round(section.value(key).number(times, MOST_TIMES) * PriceTerms.ONE);
  }
}
