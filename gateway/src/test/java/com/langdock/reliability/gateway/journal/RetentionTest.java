package com.langdock.reliability.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final long BIG = 1_000_000_000;

  private final ManualTicker ticker = new ManualTicker();
  private final MemoryStore store = new MemoryStore();
  private final List<Duration> pauses = new ArrayList<>();

  private Retention retention(long maxSize) {
    return new Retention(
        () -> store,
        new JournalRules(false, Duration.ofDays(7), maxSize, true),
        ticker,
        time -> {
          pauses.add(time);
          ticker.advance(time);
        });
  }

  /** All of them are older than a week. */
  private void fill(int requests) {
    for (int i = 0; i < requests; i++) {
      JournalEntry entry = Scene.ended(i, RequestOutcome.SUCCESS);
      store.entries.put(entry.request().requestId(), entry);
    }
  }

  @Test
  void removesWhatIsTooOldInSlicesWithPausesBetweenThem() throws InterruptedException {
    fill(20_000);
    store.whileRemoving = () -> ticker.advance(Duration.ofMillis(100));
    retention(BIG).sweep();
    assertThat(store.entries).isEmpty();
    assertThat(store.removals).hasSizeGreaterThanOrEqualTo(20).allMatch(most -> most == 1_000);
    assertThat(pauses).hasSizeGreaterThan(15).allMatch(pause -> pause.toMillis() >= 100);
  }

  @Test
  void followsAChangedTime() throws InterruptedException {
    fill(3);
    ticker.advance(
        Duration.ofMillis(Scene.STARTED_AT - ticker.unixMillis()).plus(Duration.ofDays(5)));
    Retention retention = retention(BIG);
    retention.sweep();
    assertThat(store.entries).hasSize(3);

    retention.keep(Duration.ofDays(4));
    retention.sweep();
    assertThat(store.entries).isEmpty();
  }

  @Test
  void adaptsTheSizeOfSlicesToTheirTime() throws InterruptedException {
    fill(30_000);
    store.whileRemoving = () -> ticker.advance(Duration.ofMillis(store.removals.size() * 40L));
    retention(BIG).sweep();
    assertThat(store.removals.subList(0, 2)).containsExactly(1_000, 2_000);
    assertThat(store.removals.getLast()).isEqualTo(Retention.SMALLEST_SLICE);
    assertThat(store.removals).allMatch(most -> most <= Retention.LARGEST_SLICE);
  }

  @Test
  void removesTheOldestUntilItIsSmallEnough() throws InterruptedException {
    fill(1_000);
    ticker.advance(Duration.ofMillis(Scene.STARTED_AT - ticker.unixMillis()));
    retention(80_000).sweep();
    assertThat(store.entries.size()).isBetween(750, 800);
    assertThat(store.entries).containsKey(Scene.id(999)).doesNotContainKey(Scene.id(0));
  }

  @Test
  void removesAFewOnlyOnceIfTheDatabaseKeepsTheirSpace() throws InterruptedException {
    fill(1_000);
    ticker.advance(Duration.ofMillis(Scene.STARTED_AT - ticker.unixMillis()));
    store.keptBytes = 100_000;
    Retention retention = retention(80_000);
    retention.sweep();
    assertThat(store.entries.size()).isBetween(940, 950);
    retention.sweep();
    assertThat(store.entries.size()).isBetween(940, 950);
    store.keptBytes = 110_000;
    retention.sweep();
    assertThat(store.entries.size()).isLessThan(905);
  }
}
