package com.langdock.reliability.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  @Test
  void hasPrefixIdSecretAndChecksum() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      String key = KeyText.CLIENT_KEY.next(random);
      assertThat(key).matches("sk-lg-[2-9a-z]{12}-[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
      int end = key.length() - 6;
      assertThat(key.substring(end)).isEqualTo(KeyText.checksum(key.substring(0, end)));
    }
    assertThat(KeyText.ADMIN_TOKEN.next(random)).startsWith("at-lg-").hasSize(68);
  }

  @Test
  void checksWithTheCrcThatEverybodyComputes() {
    // CRC-32 of "123456789" is 0xCBF43926 (the catalogue's check value).
    assertThat(KeyText.checksum("123456789")).isEqualTo("3jZRME");
  }

  @Test
  void isNeverTheSame() {
    Random random = new Random(2);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(KeyText.CLIENT_KEY.next(random));
    }
    assertThat(keys).hasSize(1_000);
  }
}
