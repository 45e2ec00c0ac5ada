package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.journal.JournalRules;
import com.langdock.reliability.gateway.journal.UsageSource;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An answer that waits for a journal whose writer never writes; in manual time. */
final class JournalObserverTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Throwable> bugs = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final Journal journal =
      new Journal(
          () -> {
            throw new IllegalStateException("never opened: it is not started");
          },
          new JournalRules(true, Duration.ofDays(1), 1 << 30, true),
          UsageSource.NONE,
          ticker);

  private JournalObserver observer(Durability durability) {
    channel.freezeTime();
    JournalConfig config =
        new JournalConfig(
            new JournalConfig.Store.None(),
            durability,
            Duration.ofSeconds(2),
            Duration.ofDays(1),
            1 << 30,
            false,
            true);
    BodyWorkers workers = new BodyWorkers(Runnable::run, 1);
    return new JournalObserver(
        journal,
        config,
        new ModelCatalog(Map.of()),
        new EventLoop(channel.eventLoop(), workers, ticker, bugs::add),
        new RequestStart("req_1_0000000a", null, 0, 0, null));
  }

  private void advance(long millis) {
    ticker.advance(Duration.ofMillis(millis));
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  @Test
  void holdsNothingBackUnderAsync() {
    assertThat(observer(Durability.ASYNC).holdsEnd()).isFalse();
    assertThat(observer(Durability.SYNC).holdsEnd()).isTrue();
    assertThat(journal.state().counts().late()).isZero();
  }

  @Test
  void letsAnAnswerGoAfterTheTimeoutAndCountsItAsLate() {
    observer(Durability.SYNC).mayEnd(() -> sent.add("answer"));
    advance(1_999);
    assertThat(sent).isEmpty();
    advance(1);
    assertThat(sent).containsExactly("answer");
    assertThat(journal.state().counts().late()).isEqualTo(1);
    assertThat(journal.state().counts().waiting()).isEqualTo(1);
  }

  @Test
  void sendsAnAnswerOnceWhenItsRowIsGivenUp() {
    observer(Durability.SYNC).mayEnd(() -> sent.add("answer"));
    journal.close(); // Passes what waits.
    assertThat(sent).isEmpty();
    advance(0);
    assertThat(sent).containsExactly("answer");
    advance(10_000);
    assertThat(sent).hasSize(1);
    assertThat(journal.state().counts().late()).isZero();
    assertThat(bugs).isEmpty();
  }
}
