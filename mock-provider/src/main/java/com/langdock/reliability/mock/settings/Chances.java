package com.langdock.reliability.mock.settings;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.fault.NoAnswer;
import com.langdock.reliability.mock.fault.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The probability of each fault.
 *
 * @param probabilities from 0 to 1, in the order in which they are tried
 */
public record Chances(Map<Fault, Double> probabilities) {
  private static final List<Fault> WITH_A_CHANCE =
      List.of(
          NoAnswer.TIMEOUT,
          Refusal.RATE_LIMIT,
          Refusal.SERVER_ERROR,
          NoAnswer.RESET,
          Damage.MALFORMED,
          Damage.STREAM_CUT,
          Damage.STREAM_STALL,
          Damage.MISSING_DONE);

  /** Keeps the order of {@code probabilities}. */
  public Chances {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  static Chances read(Fields fields) {
    Map<Fault, Double> probabilities = new LinkedHashMap<>();
    for (Fault fault : WITH_A_CHANCE) {
      probabilities.put(fault, fields.number(field(fault), 0, 1).orElse(0));
    }
    return new Chances(probabilities);
  }

  void show(Map<String, @Nullable Object> shown) {
    probabilities.forEach((fault, probability) -> shown.put(field(fault), probability));
  }

  private static String field(Fault fault) {
    return fault.wireName() + "_probability";
  }
}
