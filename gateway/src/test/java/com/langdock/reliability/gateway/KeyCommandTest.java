package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandTest {
  private static final String KEY = "a-key-of-another-gateway-0123456789";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private boolean hash(String input) {
    return KeyCommand.hash(
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(errors, true, UTF_8));
  }

  @Test
  void printsAKeyAndTheLinesForTheFile() {
    KeyCommand.make(false, new Random(1), new PrintStream(out, true, UTF_8));
    String text = out.toString(UTF_8);
    String key = text.lines().findFirst().orElseThrow();
    assertThat(key).startsWith("sk-lg-").hasSize(68);
    assertThat(text).contains("client_keys:", "hash: \"" + KeyHash.of(key).text() + "\"");
  }

  @Test
  void printsATokenAndTheLinesForTheFile() {
    KeyCommand.make(true, new Random(1), new PrintStream(out, true, UTF_8));
    String text = out.toString(UTF_8);
    String token = text.lines().findFirst().orElseThrow();
    assertThat(token).startsWith("at-lg-");
    assertThat(text).contains("management:", "role: admin", KeyHash.of(token).text());
  }

  @Test
  void printsTheHashOfAKeyThatItReads() {
    assertThat(hash(KEY + "\n")).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo(KeyHash.of(KEY).text() + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", KEY + " " + KEY, KEY + "\n" + KEY, KEY + "é"})
  void whatIsNoKeyIsRefusedWithoutShowingIt(String input) {
    assertThat(hash(input)).isFalse();
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(errors.toString(UTF_8)).contains("32 to 256").doesNotContain("a-key");
  }
}
