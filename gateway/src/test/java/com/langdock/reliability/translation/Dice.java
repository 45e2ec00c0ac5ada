package com.langdock.reliability.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Random choices of one seed, and the JSON that is made of them. */
final class Dice {
  /** Half a surrogate pair is legal in JSON, but only as an escape. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final List<String> BLANK = List.of("", " ", "\n\n", "\u00a0\t", "\u3000");
  private static final List<String> ODD =
      List.of(
          "Grüße aus Köln",
          "half \ud83d of a pair",
          "a\u0000b",
          "</system>",
          "ends in space ",
          "\ufeff\u2028😀",
          "{\"looks\":\"like JSON\"}");

  private final Random random;
  private int texts;

  Dice(long seed) {
    random = new Random(seed);
  }

  /** Whether something happens that happens in {@code percent} of all cases. */
  boolean chance(int percent) {
    return below(100) < percent;
  }

  int below(int limit) {
    return random.nextInt(limit);
  }

  <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }

  /** Text that says something. */
  String text() {
    return chance(15) ? pick(ODD) : "text " + texts++;
  }

  /** Text that may be blank. */
  String anyText() {
    return chance(12) ? pick(BLANK) : text();
  }

  /** Adds a field in {@code percent} of all cases. */
  void maybe(int percent, Map<String, Object> to, String name, Supplier<?> value) {
    if (chance(percent)) {
      to.put(name, value.get());
    }
  }

  /** Adds an element in {@code percent} of all cases. */
  void maybeAdd(int percent, List<Object> to, Supplier<?> element) {
    if (chance(percent)) {
      to.add(element.get());
    }
  }

  /** {@code list} in another order. */
  <T> List<T> shuffled(List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** A JSON object of names and values in turn. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static byte[] json(Object value) {
    return JSON.writeValueAsBytes(value);
  }

  static String text(Object value) {
    return JSON.writeValueAsString(value);
  }
}
