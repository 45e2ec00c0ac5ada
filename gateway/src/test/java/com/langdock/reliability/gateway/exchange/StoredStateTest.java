package com.langdock.reliability.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.StoredState.Location;
import org.junit.jupiter.api.Test;

class StoredStateTest {
  private static final Target TARGET = new Target("p", "m");
  private static final Location KNOWN = new Location.Known(TARGET);
  private static final Location UNKNOWN = new Location.Unknown();
  private static final Location REFUSED = new Location.Refused();

  private final StoredState state = new StoredState();
  private final StoredState.View stored = state.shared();

  @Test
  void knowsWhoHasTheState() {
    stored.put("resp_1", TARGET, null);

    assertThat(stored.of("resp_1", null)).isEqualTo(KNOWN);
    assertThat(stored.of("resp_2", null)).isEqualTo(UNKNOWN);
  }

  @Test
  void isOfTheKeyThatMadeIt() {
    stored.put("resp_1", TARGET, "key:a");
    stored.put("resp_2", TARGET, null);

    assertThat(stored.of("resp_1", "key:a")).isEqualTo(KNOWN);
    assertThat(stored.of("resp_1", "key:b")).isEqualTo(REFUSED);
    assertThat(stored.of("resp_1", null)).isEqualTo(REFUSED);
    assertThat(stored.of("resp_2", "key:a")).isEqualTo(REFUSED);
  }

  @Test
  void doesNotTellWhatIsUnknownFromWhatIsAnothers() {
    StoredState.View strict = new StoredState.View(state, true);
    strict.put("resp_1", TARGET, "key:a");

    assertThat(strict.of("resp_1", "key:a")).isEqualTo(KNOWN);
    assertThat(strict.of("resp_1", "key:b")).isEqualTo(REFUSED);
    assertThat(strict.of("resp_2", "key:b")).isEqualTo(REFUSED);
  }

  @Test
  void forgetsWhatWasUsedLeast() {
    for (int i = 0; i < StoredState.MAX_IDS; i++) {
      stored.put("resp_" + i, TARGET, null);
    }
    stored.of("resp_0", null);
    stored.put("resp_new", TARGET, null);

    assertThat(stored.of("resp_0", null)).isEqualTo(KNOWN);
    assertThat(stored.of("resp_1", null)).isEqualTo(UNKNOWN);
    assertThat(stored.of("resp_new", null)).isEqualTo(KNOWN);
  }

  @Test
  void ignoresWhatIsNoId() {
    stored.put("", TARGET, null);
    stored.put("x".repeat(StoredState.MAX_ID + 1), TARGET, null);

    assertThat(stored.of("", null)).isEqualTo(UNKNOWN);
    assertThat(stored.of("x".repeat(StoredState.MAX_ID + 1), null)).isEqualTo(UNKNOWN);
  }
}
