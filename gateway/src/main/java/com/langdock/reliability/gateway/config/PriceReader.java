package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.yaml.Section;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads {@code price}: US dollars per million tokens, and their date. */
final class PriceReader {
  private static final int MOST = 100_000;

  private PriceReader() {}

  /**
   * The price in a model's section, with the terms of {@code standard}; {@code standard} if the
   * section has none.
   */
  static @Nullable Price read(Section model, @Nullable Price standard) {
    if (!model.has("price")) {
      return standard;
    }
    Price price = model.section("price", PriceReader::price);
    return standard == null ? price : price.with(standard.terms());
  }

  private static Price price(Section price) {
    if (!price.has("input") || !price.has("output")) {
      price.place("input").reject("needs input and output, in dollars per million tokens");
    }
    double input = price.value("input").number(0, MOST);
    return Price.perMillion(
        input,
        price.value("cached_input").number(input, MOST),
        price.value("output").number(0, MOST),
        price.value("as_of").date(LocalDate.EPOCH));
  }
}
