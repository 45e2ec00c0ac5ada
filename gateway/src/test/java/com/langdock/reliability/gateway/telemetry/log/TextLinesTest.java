package com.langdock.reliability.gateway.telemetry.log;

import static com.langdock.reliability.gateway.telemetry.log.Events.event;
import static com.langdock.reliability.gateway.telemetry.log.Events.failed;
import static com.langdock.reliability.gateway.telemetry.log.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  private static String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    LogFormat.TEXT.append(event, line);
    return line.toString();
  }

  @Test
  void alignsTheTimeTheLevelAndTheEvent() {
    assertThat(
            line(
                event(
                    Level.INFO,
                    "answered by openai/gpt-4",
                    field("event", "request_succeeded"),
                    field("request_id", "req_1_0000000a"),
                    field("latency_ms", 12))))
        .isEqualTo(
            "2026-11-23 09:00:00.120 INFO  request_succeeded req_1_0000000a"
                + " answered by openai/gpt-4  latency_ms=12\n");
    assertThat(line(event(Level.ERROR, "m", field("event", "e"))))
        .isEqualTo("2026-11-23 09:00:00.120 ERROR e                 m\n");
  }

  @Test
  void quotesValuesThatAreNotOneWord() {
    assertThat(
            line(
                event(
                    Level.INFO,
                    "m",
                    field("event", "e"),
                    field("a", "two words"),
                    field("b", "x\"y\n"),
                    field("c", ""))))
        .endsWith("m  a=\"two words\"  b=\"x\\\"y\\n\"  c=\"\"\n");
  }

  @Test
  void keepsAMessageOnOneLine() {
    assertThat(line(event(Level.INFO, "one\r\ntwo", field("event", "e"))))
        .endsWith("one  two\n")
        .hasLineCount(1);
  }

  @Test
  void namesTheLoggerOfALibrarysLine() {
    assertThat(line(event(Level.WARN, "hello")))
        .endsWith("WARN  log               hello  logger=io.vertx.X\n");
  }

  @Test
  void putsAStackBelowAnErrorOnly() {
    IOException thrown = new IOException("reset");

    assertThat(line(failed(Level.ERROR, "a bug", thrown)))
        .contains("a bug  logger=io.vertx.X\njava.io.IOException: reset\n\tat ")
        .endsWith("\n");
    assertThat(line(failed(Level.WARN, "odd", thrown)))
        .endsWith("  exception=\"java.io.IOException: reset\"\n")
        .hasLineCount(1);
  }
}
