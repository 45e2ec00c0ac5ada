package com.langdock.reliability.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({"1, 1000", "0.5, 500", "' 20 ', 20000", "86399, 86399000"})
  void secondsAreRead(String value, long millis) {
    assertThat(wait(Map.of("retry-after", value))).isEqualTo(ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "999999999999999",
        "99999999999999999999",
        "Fri, 01 Jan 9999 00:00:00 GMT",
        "Tuesday, 24-Nov-76 09:00:01 GMT"
      })
  void ignoresInvalidValues(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 23 Nov 2026 09:00:03 GMT",
        "Monday, 23-Nov-26 09:00:03 GMT",
        "Mon Nov 23 09:00:03 2026",
        "Mon, 23 Nov 2026 09:00:03 UTC",
        "Tue, 23 Nov 2026 09:00:03 GMT"
      })
  void everyFormOfADateIsRead(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEqualTo(ofMillis(3_000));
  }

  @Test
  void anAsctimeDayOfOneDigitIsRead() {
    Map<String, String> headers =
        Map.of("retry-after", "Sun Nov  6 08:49:41 1994", "date", "Sunday, 06-Nov-94 08:49:37 GMT");

    assertThat(wait(headers)).isEqualTo(ofMillis(4_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry-after-ms", "x-ms-retry-after-ms", "x-retry-after-ms"})
  void everyHeaderInMillisecondsIsRead(String name) {
    assertThat(wait(Map.of(name, "250.5", "retry-after", "9")))
        .isEqualTo(OptionalLong.of(250_500_000));
  }

  @Test
  void ignoresAHugeWaitAndReadsTheNextSource() {
    assertThat(wait(Map.of("retry-after-ms", "999999999999", "retry-after", "2")))
        .isEqualTo(ofMillis(2_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "NaN",
        "Infinity",
        "1e9",
        "10d",
        "0x10",
        "soon",
        "1.",
        ".5",
        "Mon, 23 Nov 2026 08:59:59 GMT",
        "Monday, 23-Nov-26 08:59:59 GMT",
        "Mon Nov 23 08:59:59 2026",
        "Mon, 23 Nov 2026 09:00:03 CET",
        "Mon, 31 Feb 2027 09:00:03 GMT",
        "Mon, 23 Xyz 2026 09:00:03 GMT",
        "Mon, 23 Nov 2026 25:00:00 GMT"
      })
  void ignoresWhatIsNotAWait(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEmpty();
  }

  @Test
  void readsSecondsWhenMillisecondsAreZero() {
    assertThat(wait(Map.of("retry-after-ms", "0", "retry-after", "1"))).isEqualTo(ofMillis(1_000));
  }

  @Test
  void aDateCountsFromTheAnswersOwnClock() {
    Map<String, String> headers =
        Map.of(
            "retry-after", "Sun, 01 Jan 2023 00:00:07 GMT",
            "date", "Sun, 01 Jan 2023 00:00:00 GMT");

    assertThat(wait(headers)).isEqualTo(ofMillis(7_000));
  }

  @Test
  void googlesRetryInfoIsReadFromTheBody() {
    String error =
        """
        {"details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"48.5s"}]}\
        """;

    OptionalLong wait = RetryAfter.nanos(Replies.head(429), Exchanges.json(error));

    assertThat(wait).isEqualTo(ofMillis(48_500));
  }

  private static OptionalLong wait(Map<String, String> headers) {
    return RetryAfter.nanos(Replies.head(429, headers), null);
  }

  private static OptionalLong ofMillis(long millis) {
    return OptionalLong.of(Duration.ofMillis(millis).toNanos());
  }
}
