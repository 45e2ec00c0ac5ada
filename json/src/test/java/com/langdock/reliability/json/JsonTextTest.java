package com.langdock.reliability.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a\"b\\c/", "\n\t\b\u0000\u001f\u007f", "ä漢😀", "\u2028"})
  void readsBackWhatItWrote(String text) throws MalformedJsonException {
    assertThat(readBack(text)).isEqualTo(text);
  }

  @Test
  void replacesAnUnpairedSurrogate() throws MalformedJsonException {
    assertThat(readBack("a\ud83d")).isEqualTo("a\ufffd");
    assertThat(readBack("\ude00b")).isEqualTo("\ufffdb");
    assertThat(readBack("\ude00😀\ud83d")).isEqualTo("\ufffd😀\ufffd");
  }

  private static String readBack(String text) throws MalformedJsonException {
    byte[] literal = JsonText.quote(text).getBytes(StandardCharsets.UTF_8);
    return JsonValue.parse(literal).text();
  }
}
