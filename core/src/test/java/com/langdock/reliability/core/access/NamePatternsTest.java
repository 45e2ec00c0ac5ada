package com.langdock.reliability.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamePatternsTest {
  @Test
  void aStarStandsForAnyEnding() {
    NamePatterns names = NamePatterns.of(List.of("gpt-4*", "claude"));
    assertThat(names.contains("gpt-4")).isTrue();
    assertThat(names.contains("gpt-4o")).isTrue();
    assertThat(names.contains("gpt-3")).isFalse();
    assertThat(names.contains("claude")).isTrue();
    assertThat(names.contains("claude-3")).isFalse();
    assertThat(names.isAll()).isFalse();
    assertThat(NamePatterns.of(List.of("*")).isAll()).isTrue();
    assertThat(NamePatterns.of(List.of()).contains("")).isFalse();
  }

  @Test
  void showsThePatternsAsTheyAreWritten() {
    assertThat(NamePatterns.of(List.of("b", "c*", "a")).patterns()).containsExactly("a", "b", "c*");
    assertThat(NamePatterns.ALL.patterns()).containsExactly("*");
  }

  @Test
  void bothHaveWhatEachOfThemHas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      NamePatterns one = any(random);
      NamePatterns other = any(random);
      NamePatterns both = one.and(other);
      String name = word(random, 4);
      assertThat(both.contains(name))
          .as("%s and %s have %s, seed %d", one, other, name, seed)
          .isEqualTo(one.contains(name) && other.contains(name));
    }
  }

  private static NamePatterns any(Random random) {
    List<String> patterns = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      patterns.add(word(random, 3) + (random.nextBoolean() ? "*" : ""));
    }
    return NamePatterns.of(patterns);
  }

  private static String word(Random random, int longest) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      word.append(random.nextBoolean() ? 'a' : 'b');
    }
    return word.toString();
  }
}
