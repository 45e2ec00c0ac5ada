package com.langdock.reliability.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, 250",
    "2s, 2000",
    "5m, 300000",
    "1h, 3600000",
    "7d, 604800000",
    "0s, 0",
    "-1s, -1000"
  })
  void readsDurations(String text, long millis) {
    assertThat(Quantity.duration(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "1.5s", "1w", "1 minute", "1s2s", "PT1S", "٣s"})
  void rejectsOtherDurations(String text) {
    assertThat(Quantity.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "7B, 7", "64KiB, 65536", "32MiB, 33554432", "1GiB, 1073741824"})
  void readsSizes(String text, long bytes) {
    assertThat(Quantity.size(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "64KB", "64kib", "1.5MiB", "1TiB", "0x10"})
  void rejectsOtherSizes(String text) {
    assertThat(Quantity.size(text)).isEmpty();
  }

  @Test
  void keepsNumbersThatAreTooLargeWithinBounds() {
    String digits = "9".repeat(1000);
    assertThat(Quantity.wholeNumber(digits)).hasValueSatisfying(QuantityTest::isHuge);
    assertThat(Quantity.size(digits + "GiB")).hasValueSatisfying(QuantityTest::isHuge);
    assertThat(Quantity.duration(digits + "h"))
        .hasValueSatisfying(value -> isHuge(value.toMillis()));
    assertThat(Quantity.wholeNumber("-" + digits))
        .hasValueSatisfying(value -> assertThat(value).isNegative());
  }

  private static void isHuge(long value) {
    assertThat(value).isGreaterThan(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "0x1p3", "1d", "1e3", ".", "", "--1"})
  void readsOnlyPlainDecimals(String text) {
    assertThat(Quantity.decimal(text)).isEmpty();
  }
}
