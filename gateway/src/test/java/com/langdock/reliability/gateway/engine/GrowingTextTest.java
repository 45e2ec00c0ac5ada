package com.langdock.reliability.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GrowingTextTest {
  private final GrowingText text = new GrowingText(Integer.MAX_VALUE);

  @Test
  void isAllThatWasAppendedHoweverLong() {
    StringBuilder whole = new StringBuilder();
    for (String piece : new String[] {"", "é", "a".repeat(3_000), "\ud83d", "\ude00"}) {
      for (int i = 0; i < 700; i++) {
        text.append(piece);
        whole.append(piece);
      }
    }

    assertThat(text).hasToString(whole.toString());
  }

  @Test
  void isEmptyAgainWhenItWasCleared() {
    text.append("a".repeat(3_000));
    text.clear();
    text.append("b");

    assertThat(text).hasToString("b");
  }
}
