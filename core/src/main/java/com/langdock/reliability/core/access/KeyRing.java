package com.langdock.reliability.core.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a key is for by its SHA-256: client keys on the data port, tokens on the management
 * port. Immutable.
 *
 * <p>A table with open addressing by the digest's first 64 bits, half full at most; then all 32
 * bytes are compared in constant time. Nobody can choose the digest of what they send, so the time
 * of a lookup tells nothing of the keys in it.
 *
 * @param <T> what a key is for
 */
public final class KeyRing<T> {
  private record Entry<T>(KeyHash hash, T value) {}

  private final List<Entry<T>> entries;

  /** By slot: the number of an entry, counted from 1; 0 for an empty slot. */
  private final int[] table;

  private KeyRing(List<Entry<T>> entries) {
    this.entries = entries;
    this.table = new int[Integer.highestOneBit(Math.max(1, entries.size())) << 2];
    for (int number = 1; number <= entries.size(); number++) {
      int slot = slot(entries.get(number - 1).hash.head());
      while (table[slot] != 0) {
        slot = next(slot);
      }
      table[slot] = number;
    }
  }

  /** A ring of {@code keys}. */
  public static <T> KeyRing<T> of(Map<KeyHash, T> keys) {
    return new KeyRing<>(
        keys.entrySet().stream().map(key -> new Entry<>(key.getKey(), key.getValue())).toList());
  }

  /** What the key of this SHA-256 is for, null for an unknown one. */
  public @Nullable T find(byte[] digest) {
    int slot = slot(KeyHash.head(digest));
    T found = null;
    while (table[slot] != 0) {
      Entry<T> entry = entries.get(table[slot] - 1);
      found = entry.hash.isDigest(digest) ? entry.value : found;
      slot = next(slot);
    }
    return found;
  }

  /** The number of keys. */
  public int size() {
    return entries.size();
  }

  private int slot(long head) {
    return (int) (head >>> Integer.SIZE) & table.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & table.length - 1;
  }
}
