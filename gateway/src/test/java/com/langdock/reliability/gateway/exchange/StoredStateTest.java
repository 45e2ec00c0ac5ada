package com.langdock.reliability.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import org.junit.jupiter.api.Test;

class StoredStateTest {
  private static final Target TARGET = new Target("p", "m");

  private final StoredState stored = new StoredState();

  @Test
  void knowsWhoHasTheState() {
    stored.put("resp_1", TARGET);

    assertThat(stored.of("resp_1")).isEqualTo(TARGET);
    assertThat(stored.of("resp_2")).isNull();
  }

  @Test
  void forgetsWhatWasUsedLeast() {
    for (int i = 0; i < StoredState.MAX_IDS; i++) {
      stored.put("resp_" + i, TARGET);
    }
    stored.of("resp_0");
    stored.put("resp_new", TARGET);

    assertThat(stored.of("resp_0")).isEqualTo(TARGET);
    assertThat(stored.of("resp_1")).isNull();
    assertThat(stored.of("resp_new")).isEqualTo(TARGET);
  }

  @Test
  void ignoresWhatIsNoId() {
    stored.put("", TARGET);
    stored.put("x".repeat(StoredState.MAX_ID + 1), TARGET);

    assertThat(stored.of("")).isNull();
    assertThat(stored.of("x".repeat(StoredState.MAX_ID + 1))).isNull();
  }
}
