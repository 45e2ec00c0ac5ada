package com.langdock.reliability.core.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static byte[] digest(String key) {
    return KeyHash.sha256().digest(key.getBytes(UTF_8));
  }

  @Test
  void findsEveryKeyAndNoOther() {
    for (int size : new int[] {0, 1, 2, 3, 4, 5, 1_000}) {
      Map<KeyHash, Integer> keys = new HashMap<>();
      for (int i = 0; i < size; i++) {
        keys.put(KeyHash.of("key-" + i), i);
      }
      KeyRing<Integer> ring = KeyRing.of(keys);
      assertThat(ring.size()).isEqualTo(size);
      for (int i = 0; i < size; i++) {
        assertThat(ring.find(digest("key-" + i))).isEqualTo(i);
        assertThat(ring.find(digest("other-" + i))).isNull();
      }
    }
  }

  @Test
  void changesLikeAMap() {
    SplittableRandom random = new SplittableRandom(3);
    Map<KeyHash, Integer> model = new HashMap<>();
    KeyRing<Integer> ring = KeyRing.of(model);
    for (int round = 0; round < 40; round++) {
      Map<KeyHash, Integer> put = new HashMap<>();
      Set<KeyHash> removed = new HashSet<>();
      for (int i = random.nextInt(300); i >= 0; i--) {
        put.put(KeyHash.of("key-" + random.nextInt(3_000)), random.nextInt());
        removed.add(KeyHash.of("key-" + random.nextInt(3_000)));
      }
      KeyRing<Integer> before = ring;
      int size = before.size();
      ring = ring.with(put, removed);
      removed.forEach(model::remove);
      model.putAll(put);
      assertThat(before.size()).isEqualTo(size);
      assertThat(ring.size()).isEqualTo(model.size());
      for (int i = 0; i < 3_000; i++) {
        String key = "key-" + i;
        assertThat(ring.find(digest(key))).isEqualTo(model.get(KeyHash.of(key)));
      }
    }
  }

  @Test
  void allOfTheDigestCounts() {
    KeyRing<String> ring = KeyRing.of(Map.of(KeyHash.of("key"), "found"));
    byte[] nearly = digest("key");
    nearly[KeyHash.BYTES - 1]++;
    assertThat(ring.find(nearly)).isNull();
    assertThat(ring.find(digest("key"))).isEqualTo("found");
  }

  @Test
  void aHashReadsWhatItWritesAndPrintsNothing() {
    KeyHash hash = KeyHash.of("key");
    assertThat(KeyHash.parse(hash.text())).contains(hash);
    assertThat(hash).hasToString("***").isNotEqualTo(KeyHash.of("other"));
    assertThat(KeyHash.parse("sha256:12")).isEmpty();
    assertThat(KeyHash.parse(hash.text().substring(7))).isEmpty();
  }
}
