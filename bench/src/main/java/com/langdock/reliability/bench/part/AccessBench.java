package com.langdock.reliability.bench.part;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.access.KeyText;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The digest of a client's key, and its lookup among all keys. */
@State(Scope.Thread)
public class AccessBench {
  private final MessageDigest sha256 = KeyHash.sha256();
  private final List<String> known = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private KeyRing<String> ring = KeyRing.of(Map.of());
  private int next;

  /** How many keys there are. */
  @Param({"100", "100000"})
  public int keys;

  /** Makes the keys. */
  @Setup
  public void start() {
    SplittableRandom random = new SplittableRandom(1);
    Map<KeyHash, String> all = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      String key = KeyText.CLIENT_KEY.next(random);
      known.add(key);
      unknown.add(KeyText.CLIENT_KEY.next(random));
      all.put(KeyHash.of(key), "key:" + i);
    }
    ring = KeyRing.of(all);
  }

  /** A key that is known. */
  @Benchmark
  public @Nullable String known() {
    return find(known);
  }

  /** A key that is not. */
  @Benchmark
  public @Nullable String unknown() {
    return find(unknown);
  }

  private @Nullable String find(List<String> sent) {
    next = next + 1 < sent.size() ? next + 1 : 0;
    return ring.find(sha256.digest(sent.get(next).getBytes(ISO_8859_1)));
  }
}
