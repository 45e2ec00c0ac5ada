package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.store.NameSeen.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NameSeenTest {
  private static final long MINUTE = Scene.STARTED_AT / 60_000;

  private static JournalBatch batch(int requests) {
    List<JournalEntry> entries =
        IntStream.range(0, requests)
            .mapToObj(number -> Scene.ended(number, RequestOutcome.SUCCESS))
            .toList();
    return new JournalBatch(entries, List.of(), List.of());
  }

  @Test
  void namesEachNameOfAMinuteOnceAndInOrder() {
    Collection<NameSeen> names = NameSeen.in(batch(1_000), Set.of());
    assertThat(names)
        .containsExactly(
            new NameSeen(Kind.MODEL, "gpt-4", MINUTE),
            new NameSeen(Kind.PROVIDER, "openai", MINUTE));
    assertThat(NameSeen.in(batch(10), Set.copyOf(names))).isEmpty();
  }

  @Test
  void readsTheMinuteFromTheId() {
    assertThat(NameSeen.minuteOf("req_1700000000000_00000001", 0)).isEqualTo(28_333_333);
    assertThat(NameSeen.minuteOf("req_60000_0", 0)).isEqualTo(1);
    assertThat(NameSeen.minuteOf("mine", 120_000)).isEqualTo(2);
    assertThat(NameSeen.minuteOf("", 120_000)).isEqualTo(2);
    assertThat(NameSeen.minuteOf("req_" + "9".repeat(40), 120_000)).isEqualTo(2);
  }

  @Test
  void findsItsMinutesIdsBetweenTwoFirstIds() {
    String id = "req_1700000000000_ffffffff";
    long minute = NameSeen.minuteOf(id, 0);
    assertThat(id).isGreaterThan(NameSeen.firstId(minute)).isLessThan(NameSeen.firstId(minute + 1));
  }
}
