package com.langdock.reliability.gateway.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts of US dollars. */
public final class Money {
  private static final int NANO_DIGITS = 9;
  private static final long PICO_IN_NANO = 1_000;
  private static final long NANO_IN_DOLLAR = 1_000_000_000;
  private static final int DECIMAL = 10;

  private Money() {}

  /** Nanodollars for picodollars, rounded up. */
  public static long nanodollars(long picodollars) {
    return picodollars / PICO_IN_NANO + (picodollars % PICO_IN_NANO == 0 ? 0 : 1);
  }

  /** Nanodollars as a decimal number of dollars, without zeros at its end. */
  public static String dollars(long nanodollars) {
    if (nanodollars < 0 || nanodollars >= NANO_IN_DOLLAR) {
      return BigDecimal.valueOf(nanodollars, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }
    if (nanodollars == 0) {
      return "0";
    }
    byte[] text = new byte[2 + NANO_DIGITS]; // What an answer costs is written once for each.
    text[0] = '0';
    text[1] = '.';
    long rest = nanodollars;
    int length = 2;
    for (int i = text.length - 1; i > 1; i--) {
      long digit = rest % DECIMAL;
      text[i] = (byte) ('0' + digit);
      length = length == 2 && digit != 0 ? i + 1 : length;
      rest /= DECIMAL;
    }
    return new String(text, 0, length, ISO_8859_1);
  }

  /** What {@code usage} costs at a target, in picodollars; zero where it has no price. */
  static long picodollars(Target target, Usage usage, ModelCatalog models) {
    Price price = models.factsOf(target).price();
    return price == null ? 0 : price.of(usage);
  }

  /** What {@code usage} costs at the dearest target of {@code plan}, in nanodollars. */
  static long atDearest(Plan plan, Usage usage, ModelCatalog models) {
    long most = 0;
    for (Target target : plan.targets()) {
      most = Math.max(most, picodollars(target, usage, models));
    }
    return nanodollars(most);
  }

  /** The targets of {@code plan} that have a price; null when none has one. */
  static @Nullable Plan priced(Plan plan, ModelCatalog models) {
    boolean all = true;
    for (Target target : plan.targets()) {
      all &= models.factsOf(target).price() != null;
    }
    if (all) {
      return plan;
    }
    Plan priced =
        new Plan(
            plan.targets().stream()
                .filter(target -> models.factsOf(target).price() != null)
                .toList());
    return priced.targets().isEmpty() ? null : priced;
  }
}
