package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.provider.ToolIds;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallIdsTest {
  private static final String LONG = "toolu_" + "x".repeat(60);

  @Test
  void areAtMostFortyCharactersLong() {
    ToolIds ids = CallIds.of(Set.of(Feature.LONG_CALL_IDS));

    assertThat(ids.ofCall("toolu_01")).isEqualTo("toolu_01");
    String shortened = ids.ofCall(LONG);
    assertThat(shortened).hasSize(40).matches("[a-zA-Z0-9_-]+");
    assertThat(ids.ofResult(LONG)).isEqualTo(shortened);
    assertThat(ids.ofCall(LONG)).isNotEqualTo(shortened).hasSize(40);
  }

  @Test
  void areNineLettersAndDigitsForMistral() {
    ToolIds ids = CallIds.of(Set.of());

    assertThat(ids.ofCall("abcDEF123")).isEqualTo("abcDEF123");
    String hashed = ids.ofCall("toolu_01");
    assertThat(hashed).matches("[a-zA-Z0-9]{9}");
    assertThat(ids.ofResult("toolu_01")).isEqualTo(hashed);
    assertThat(ids.ofCall("")).matches("[a-zA-Z0-9]{9}");
  }
}
