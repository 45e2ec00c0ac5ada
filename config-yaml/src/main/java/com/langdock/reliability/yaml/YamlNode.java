package com.langdock.reliability.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node of a YAML document with its line; 0 if it is not from a file. */
public sealed interface YamlNode {
  /** Where it begins, from 1. */
  int line();

  /** A plain text; its reader decides what it means. */
  record Scalar(String text, boolean plain, int line) implements YamlNode {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    /** Whether it is YAML's null in any spelling. */
    public boolean isNull() {
      return plain && NULLS.contains(text);
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    /** Keeps an immutable copy. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with values, in the file's order. */
  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
    /** Keeps an immutable copy. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Mapping empty(int line) {
      return new Mapping(Map.of(), line);
    }
  }

  /**
   * The value of a key.
   *
   * @param line of the key
   */
  record Entry(YamlNode value, int line) {}

  /** The path of {@code key} below {@code path}. */
  static String pathOf(String path, String key) {
    String shown = ConfigMessages.key(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** The path of an item of the list at {@code path}. */
  static String pathOf(String path, int index) {
    return path + "[" + index + "]";
  }
}
