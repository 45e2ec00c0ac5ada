package com.langdock.reliability.core.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a key is for by its SHA-256: client keys on the data port, tokens on the management
 * port. Immutable.
 *
 * <p>Tables with open addressing by the digest's first 64 bits, half full at most; then all 32
 * bytes are compared in constant time. Nobody can choose the digest of what they send, so the time
 * of a lookup tells nothing of the keys in it. A changed ring shares the tables that are unchanged
 * with the one before: a change among 100,000 keys copies some hundred.
 *
 * @param <T> what a key is for
 */
public final class KeyRing<T> {
  /** About so many keys are in one table. */
  private static final int IN_TABLE = 256;

  /** A ring that has grown by this is divided anew. */
  private static final int GROWTH = 4;

  private record Entry<T>(KeyHash hash, T value) {}

  private final List<Table<T>> tables;
  private final int size;

  private KeyRing(List<Table<T>> tables, int size) {
    this.tables = tables;
    this.size = size;
  }

  /** A ring of {@code keys}. */
  public static <T> KeyRing<T> of(Map<KeyHash, T> keys) {
    int count = Math.max(1, Integer.highestOneBit(keys.size() / IN_TABLE) << 1);
    List<Map<KeyHash, T>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new HashMap<>());
    }
    keys.forEach((hash, value) -> parts.get(table(hash.head(), count)).put(hash, value));
    return new KeyRing<>(parts.stream().map(Table::of).toList(), keys.size());
  }

  /** A ring with keys that are added or replaced, and without those that are removed. */
  public KeyRing<T> with(Map<KeyHash, T> put, Set<KeyHash> removed) {
    Map<Integer, Map<KeyHash, T>> changed = new HashMap<>();
    removed.forEach(hash -> changed(hash, changed).remove(hash));
    put.forEach((hash, value) -> changed(hash, changed).put(hash, value));
    List<Table<T>> next = new ArrayList<>(tables);
    int nextSize = size;
    for (Map.Entry<Integer, Map<KeyHash, T>> part : changed.entrySet()) {
      nextSize += part.getValue().size() - next.get(part.getKey()).entries.size();
      next.set(part.getKey(), Table.of(part.getValue()));
    }
    KeyRing<T> ring = new KeyRing<>(List.copyOf(next), nextSize);
    return nextSize > GROWTH * IN_TABLE * tables.size() ? of(ring.all()) : ring;
  }

  private Map<KeyHash, T> changed(KeyHash hash, Map<Integer, Map<KeyHash, T>> changed) {
    return changed.computeIfAbsent(
        table(hash.head(), tables.size()), number -> tables.get(number).all());
  }

  private Map<KeyHash, T> all() {
    Map<KeyHash, T> all = new HashMap<>();
    tables.forEach(table -> all.putAll(table.all()));
    return all;
  }

  /** What the key of this SHA-256 is for, null for an unknown one. */
  public @Nullable T find(byte[] digest) {
    long head = KeyHash.head(digest);
    return tables.get(table(head, tables.size())).find(head, digest);
  }

  /** The number of keys. */
  public int size() {
    return size;
  }

  /** The table of a digest; its other bits choose the slot there. */
  private static int table(long head, int count) {
    return (int) head & count - 1;
  }

  /** Some of the keys. */
  private static final class Table<T> {
    final List<Entry<T>> entries;

    /** By slot: the number of an entry, counted from 1; 0 for an empty slot. */
    private final int[] slots;

    private Table(List<Entry<T>> entries) {
      this.entries = entries;
      this.slots = new int[Integer.highestOneBit(Math.max(1, entries.size())) << 2];
      for (int number = 1; number <= entries.size(); number++) {
        int slot = slot(entries.get(number - 1).hash.head());
        while (slots[slot] != 0) {
          slot = next(slot);
        }
        slots[slot] = number;
      }
    }

    static <T> Table<T> of(Map<KeyHash, T> keys) {
      return new Table<>(
          keys.entrySet().stream().map(key -> new Entry<>(key.getKey(), key.getValue())).toList());
    }

    Map<KeyHash, T> all() {
      Map<KeyHash, T> all = new LinkedHashMap<>();
      entries.forEach(entry -> all.put(entry.hash, entry.value));
      return all;
    }

    @Nullable T find(long head, byte[] digest) {
      int slot = slot(head);
      T found = null;
      while (slots[slot] != 0) {
        Entry<T> entry = entries.get(slots[slot] - 1);
        found = entry.hash.isDigest(digest) ? entry.value : found;
        slot = next(slot);
      }
      return found;
    }

    private int slot(long head) {
      return (int) (head >>> Integer.SIZE) & slots.length - 1;
    }

    private int next(int slot) {
      return slot + 1 & slots.length - 1;
    }
  }
}
