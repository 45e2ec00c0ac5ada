package com.langdock.reliability.gateway.telemetry.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8OutputTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Utf8Output output = new Utf8Output(new PrintStream(written, false, UTF_8));

  @ParameterizedTest
  @ValueSource(strings = {"", "a line\n", "äöü € 😀\n", "half a pair \ud83d\n"})
  void writesWhatAStringWould(String text) {
    output.write(new StringBuilder(text));
    output.write(new StringBuilder(text));
    assertThat(written.toString(UTF_8)).isEqualTo(new String((text + text).getBytes(UTF_8), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {Utf8Output.CHARS - 1, Utf8Output.CHARS, 3 * Utf8Output.CHARS - 1})
  void keepsCharactersWholeBetweenTwoBuffers(int before) {
    String text = "x".repeat(before) + "😀".repeat(3) + "€ end";
    output.write(new StringBuilder(text));
    assertThat(written.toString(UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half a pair at the end \ud83d"})
  void beginsAnewAfterHalfAPair(String text) {
    output.write(new StringBuilder(text));
    output.write(new StringBuilder("\ude00 next"));
    assertThat(written.toString(UTF_8)).isEqualTo("half a pair at the end ?? next");
  }
}
