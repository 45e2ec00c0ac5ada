package com.langdock.reliability.gateway.telemetry.log;

import static com.langdock.reliability.gateway.telemetry.log.Events.event;
import static com.langdock.reliability.gateway.telemetry.log.Events.failed;
import static com.langdock.reliability.gateway.telemetry.log.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    LogFormat.JSON.append(event, line);
    return line.toString();
  }

  @Test
  void putsTheKnownFieldsFirstAndTheOthersInTheOrderGiven() {
    assertThat(
            line(
                event(
                    Level.WARN,
                    "openai/gpt-4 failed",
                    field("provider", "openai"),
                    field("request_id", "req_1_0000000a"),
                    field("event", "attempt_failed"),
                    field("attempt_number", 1),
                    field("latency_ms", 120L))))
        .isEqualTo(
            "{\"ts\":\"2026-11-23T09:00:00.120Z\",\"level\":\"warn\",\"event\":\"attempt_failed\","
                + "\"message\":\"openai/gpt-4 failed\",\"request_id\":\"req_1_0000000a\","
                + "\"provider\":\"openai\",\"attempt_number\":1,\"latency_ms\":120}\n");
  }

  @Test
  void writesNumbersAndBooleansUnquoted() {
    assertThat(
            line(
                event(
                    Level.INFO,
                    "",
                    field("event", "e"),
                    field("whole", -3),
                    field("share", 0.25),
                    field("endless", Double.POSITIVE_INFINITY),
                    field("not_a_number", Float.NaN),
                    field("stream", true))))
        .endsWith(
            "\"whole\":-3,\"share\":0.25,\"endless\":\"Infinity\",\"not_a_number\":\"NaN\","
                + "\"stream\":true}\n");
  }

  @Test
  void leavesOutFieldsWithoutAValue() {
    assertThat(line(event(Level.INFO, "m", field("event", "e"), field("status", null))))
        .endsWith("\"event\":\"e\",\"message\":\"m\"}\n");
  }

  @Test
  void escapesWhatJsonDoesNotAllow() {
    assertThat(line(event(Level.INFO, "a\"b\\c\nd\u0001é\u2028", field("event", "e"))))
        .contains("\"message\":\"a\\\"b\\\\c\\nd\\u0001é\u2028\"");
  }

  @Nested
  class ALibrarysLine {
    @Test
    void isCalledLogAndNamesItsLogger() {
      assertThat(line(event(Level.INFO, "hello")))
          .endsWith(
              "\"level\":\"info\",\"event\":\"log\",\"message\":\"hello\","
                  + "\"logger\":\"io.vertx.X\"}\n");
    }
  }

  @Nested
  class AnException {
    private final IOException thrown = new IOException("connection \"reset\"");

    @Test
    void showsItsStackInAnError() {
      String line = line(failed(Level.ERROR, "a bug", thrown));

      assertThat(line)
          .contains("\"stack\":\"java.io.IOException: connection \\\"reset\\\"")
          .contains("\\tat ")
          .contains("JsonLinesTest")
          .doesNotContain("\"exception\"")
          .endsWith("\"}\n");
      assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    }

    @Test
    void showsOnlyItsMessageOtherwise() {
      assertThat(line(failed(Level.WARN, "odd", thrown)))
          .contains("\"exception\":\"java.io.IOException: connection \\\"reset\\\"\"")
          .doesNotContain("stack");
    }
  }
}
