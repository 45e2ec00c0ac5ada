package com.langdock.reliability.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigMessagesTest {
  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "max_atempts, max_attempts",
    "maxAttempts, max_attempts",
    "hosts, host"
  })
  void theNearestKnownKeyIsProposed(String key, String nearest) {
    assertThat(ConfigMessages.unknownKey(key, List.of("host", "port", "max_attempts")))
        .isEqualTo("is not a known key; did you mean " + nearest + "?");
  }

  @Test
  void allKnownKeysAreNamedWhereNoneIsNear() {
    assertThat(ConfigMessages.unknownKey("zebra", List.of("host", "port")))
        .isEqualTo("is not a known key; known here are host, port");
    assertThat(ConfigMessages.unknownKey("p".repeat(100_000), List.of("port")))
        .isEqualTo("is not a known key; known here are port");
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "a, '', 1", "kitten, sitting, 3", "port, port, 0"})
  void distanceCountsLettersToChange(String from, String to, int distance) {
    assertThat(ConfigMessages.distance(from, to)).isEqualTo(distance);
    assertThat(ConfigMessages.distance(to, from)).isEqualTo(distance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"70000", "-1s", "everything", "${API_KEY}", "not an ip", "gpt-4o", ""})
  void ordinaryValuesAreShown(String value) {
    assertThat(shown(value)).isEqualTo('"' + value + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:pw@h/d",
        "sk-abc",
        "Bearer abc",
        "AIzaSyAbcdef",
        "a1b2c3d4e5f6",
        "u:pw@h",
        "${KEY:-sk-abcdefgh}",
        "correct horse battery staple"
      })
  void whatMayBeASecretIsNot(String value) {
    assertThat(shown(value)).isEqualTo("a text of " + value.length() + " characters");
  }

  @Test
  void valuesAreKeptOnOneLine() {
    assertThat(shown("a\nb")).isEqualTo("\"a?b\"");
  }

  private static String shown(String value) {
    return ConfigMessages.valueOf(new YamlNode.Scalar(value, false, 1));
  }
}
