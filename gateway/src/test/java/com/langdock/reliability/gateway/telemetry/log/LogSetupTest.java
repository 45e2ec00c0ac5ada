package com.langdock.reliability.gateway.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LogSetupTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger ours = context.getLogger("com.langdock.reliability.gateway");
  private final Logger library = context.getLogger("io.netty");

  private LogSetup start(Level level) {
    PrintStream output = new PrintStream(written, false, StandardCharsets.UTF_8);
    return LogSetup.start(context, level, LogFormat.TEXT, output);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void logsFromTheLevelUpAndWritesAllBeforeItCloses() {
    try (LogSetup log = start(Level.INFO)) {
      assertThat(log.level()).isEqualTo(Level.INFO);
      ours.debug("quiet");
      ours.info("heard {}", 1);
      library.info("heard {}", 2);
    }

    assertThat(text()).contains("heard 1").contains("heard 2").doesNotContain("quiet");
  }

  @Test
  void changesTheLevelWhileRunning() {
    try (LogSetup log = start(Level.ERROR)) {
      ours.warn("before");
      log.level(Level.DEBUG);
      ours.debug("after");

      assertThat(log.level()).isEqualTo(Level.DEBUG);
    }

    assertThat(text()).contains("after").doesNotContain("before");
  }

  @Test
  void neverLogsLibrariesBelowInfo() {
    LogSetup log = start(Level.TRACE);
    library.debug("a header with a key");
    library.info("harmless");
    log.close();

    assertThat(text()).contains("harmless").doesNotContain("key");
  }

  @Test
  void replacesAnEarlierSetup() {
    LogSetup earlier = start(Level.INFO);
    LogSetup later = start(Level.INFO);
    ours.info("once");
    later.close();
    earlier.close();

    assertThat(text()).containsOnlyOnce("once");
  }
}
