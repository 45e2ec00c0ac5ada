package com.langdock.reliability.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.langdock.reliability.gateway.journal.JournalState.Counts;
import com.langdock.reliability.gateway.journal.JournalState.Status;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class StallMonitorTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(StallMonitor.class);
  private JournalState state = state(Status.OPEN, 0);
  private final StallMonitor watch = new StallMonitor(() -> state, ticker);

  private static JournalState state(Status status, int waiting) {
    return new JournalState(status, 0, null, new Counts(0, 0, 0, 0, waiting, 0));
  }

  private List<String> lookFor(int seconds) {
    lines.list.clear();
    for (int i = 0; i < seconds; i++) {
      watch.check();
      ticker.advance(Duration.ofSeconds(1));
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void logsNothingWhileTheJournalKeepsUp() {
    assertThat(lookFor(100)).isEmpty();
  }

  @Test
  void logsTheBeginningAndTheEndOfAStallAndRemindersBetween() {
    state = state(Status.STALLED, 4_707);
    assertThat(lookFor(70))
        .hasSize(3)
        .allMatch(line -> line.equals("the journal falls behind: 4707 items wait to be written"));
    state = state(Status.OPEN, 3);
    assertThat(lookFor(10)).containsExactly("the journal keeps up again");
  }

  @Test
  void logsALongQueue() {
    state = state(Status.OPEN, JournalQueue.CAPACITY / 2 + 1);
    assertThat(lookFor(1)).hasSize(1);
  }
}
