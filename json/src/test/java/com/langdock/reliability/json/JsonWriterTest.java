package com.langdock.reliability.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "\\ud83d"              | "\uFFFD"
          "\\ude00 x"            | "\uFFFD x"
          "\\ud83d\\ud83d\\ude00" | "\uFFFD\\ud83d\\ude00"
          "\\ud83dx"             | "\uFFFDx"
          "\\\\ud83d"            | "\\\\ud83d"
          "\\u00e9\\n"           | "\\u00e9\\n"
          """)
  void anEscapedHalfOfAPairIsReplaced(String raw, String expected) {
    assertThat(raw(raw)).isEqualTo("{\"x\":" + expected + "}");
  }

  @Test
  void replacesAnUnpairedSurrogate() {
    byte[] json = JsonWriter.object(out -> out.writeStringProperty("x", "a\uD83D😀\uDE00"));

    assertThat(new String(json, UTF_8)).isEqualTo("{\"x\":\"a\uFFFD😀\uFFFD\"}");
  }

  private static String raw(String value) {
    byte[] json =
        JsonWriter.object(out -> {
          out.writeName("x");
          out.writeRawValue(value);
        });
    return new String(json, UTF_8);
  }
}
