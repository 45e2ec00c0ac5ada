package com.langdock.reliability.gateway.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeamTest {
  private static final String DELIVERED = "The cat sat on the mat and looked";

  /** All that goes to the client when the new answer comes in these pieces and ends. */
  private static String joined(String delivered, String... pieces) {
    Seam seam = new Seam(delivered);
    StringBuilder text = new StringBuilder(delivered);
    for (String piece : pieces) {
      text.append(seam.add(piece));
    }
    return text.append(seam.end()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // delivered|the new answer|what it comes to
        "The cat sat| on the mat.|The cat sat on the mat.",
        "The cat sat on|The cat sat on the mat.|The cat sat on the mat.",
        "I saw the cat sat on |the cat sat on the mat.|I saw the cat sat on the mat.",
        "He is relia|reliable.|He is reliable.",
        "one two |  three|one two  three",
        "It said ha|ppy|It said happy",
        "aXb|Xbc|aXbXbc",
        "Nothing new at all|Nothing new|Nothing new at all",
        "|All of it.|All of it.",
        "Done|.|Done."
      })
  void joins(String delivered, String answer, String whole) {
    assertThat(joined(delivered == null ? "" : delivered, answer)).isEqualTo(whole);
    assertThat(joined(delivered == null ? "" : delivered, answer.split(""))).isEqualTo(whole);
  }

  @Test
  void passesAtOnceOnceItIsClear() {
    Seam seam = new Seam(DELIVERED);
    assertThat(seam.add(" at")).isEqualTo(" at");
    assertThat(seam.isPassed()).isTrue();
    assertThat(seam.add("The cat sat")).isEqualTo("The cat sat");
  }

  @Test
  void holdsBackWhileItMayRepeat() {
    Seam seam = new Seam(DELIVERED);
    assertThat(seam.add("The cat sat on the ")).isEmpty();
    assertThat(seam.isPassed()).isFalse();
    assertThat(seam.add("mat and looked at me")).isEqualTo(" at me");
  }

  @Test
  void givesWhatWasHeldWhenItWasNoRepeatAfterAll() {
    Seam seam = new Seam(DELIVERED);
    assertThat(seam.add("The cat ")).isEmpty();
    assertThat(seam.add("is another")).isEqualTo("The cat is another");
  }

  @Test
  void holdsNoMoreThanItsReachUnlessItRepeats() {
    String delivered = "x" + "ab".repeat(500);
    Seam seam = new Seam(delivered);
    String text = "ab".repeat(Seam.REACH / 2);
    assertThat(seam.add(text) + seam.add("c")).endsWith("c");
    assertThat(seam.isPassed()).isTrue();
  }

  @Test
  void joinsRandomTextsWhateverTheWay() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      String delivered = words(random, 1 + random.nextInt(60)) + " ";
      String rest = words(random, 1 + random.nextInt(30));
      int overlap = Math.min(delivered.length(), Seam.LONG + random.nextInt(60));
      String answer =
          switch (random.nextInt(3)) {
            case 0 -> rest;
            case 1 -> delivered + rest;
            default -> delivered.substring(delivered.length() - overlap) + rest;
          };
      assertThat(joined(delivered, pieces(random, answer)))
          .as("seed %d", seed)
          .isEqualTo(delivered + rest);
    }
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(Integer.toString(random.nextInt(1 << 28), 36));
    }
    return text.toString();
  }

  private static String[] pieces(Random random, String text) {
    return text.split("(?<=\\G.{" + (1 + random.nextInt(9)) + "})", -1);
  }
}
