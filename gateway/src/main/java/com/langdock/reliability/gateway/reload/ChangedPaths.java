package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.YamlNode;
import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import com.langdock.reliability.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The settings that differ between two texts, by their paths and without their values. */
final class ChangedPaths {
  /** The most paths that are named. */
  private static final int MOST = 50;

  private ChangedPaths() {}

  /** The paths, in order; those of the items of lists by the items' names. */
  static List<String> between(String before, String after) {
    Map<String, String> old = values(before);
    Map<String, String> now = values(after);
    TreeSet<String> all = new TreeSet<>(old.keySet());
    all.addAll(now.keySet());
    return all.stream()
        .filter(path -> !Objects.equals(old.get(path), now.get(path)))
        .limit(MOST)
        .toList();
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    YamlReader.document(text, new Problems()).ifPresent(tree -> collect(tree, "", values));
    return values;
  }

  private static void collect(YamlNode node, String path, Map<String, String> values) {
    switch (node) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach((key, entry) ->
                  collect(entry.value(), path.isEmpty() ? key : path + "." + key, values));
      case Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          collect(list.items().get(i), path + "[" + nameOf(list.items().get(i), i) + "]", values);
        }
      }
      case Scalar scalar -> values.put(path, scalar.text());
    }
  }

  private static String nameOf(YamlNode item, int index) {
    YamlNode.Entry name = item instanceof Mapping mapping ? mapping.entries().get("name") : null;
    return name != null && name.value() instanceof Scalar scalar
        ? scalar.text()
        : Integer.toString(index);
  }
}
