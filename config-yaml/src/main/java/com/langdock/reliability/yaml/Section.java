package com.langdock.reliability.yaml;

import com.langdock.reliability.yaml.YamlNode.Entry;
import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A section of the configuration, read key by key.
 *
 * <p>Every key that a method reads is known and optional. Other keys are rejected at the end of the
 * section. Problems are recorded with their place, and reading continues, so that all of them are
 * reported at once.
 */
public final class Section {
  /** Top-level keys with this prefix are ignored; they hold anchors. */
  private static final String EXTENSION = "x-";

  private final Mapping mapping;
  private final SourceLocation place;
  private final EnvironmentReferences references;
  private final Set<String> known = new TreeSet<>();

  private Section(Mapping mapping, SourceLocation place, EnvironmentReferences references) {
    this.mapping = mapping;
    this.place = place;
    this.references = references;
  }

  /** Reads {@code node} with {@code reader}, or an empty section if it is not one. */
  public static <T> T read(
      YamlNode node,
      SourceLocation place,
      EnvironmentReferences references,
      Function<Section, T> reader) {
    Mapping mapping = Mapping.empty(place.line());
    if (node instanceof Mapping pairs) {
      mapping = pairs;
    } else if (!isNothing(node)) {
      place.reject("must be a section of keys and values, not " + ConfigMessages.valueOf(node));
    }
    Section section = new Section(mapping, place, references);
    T value = reader.apply(section);
    section.rejectUnknown();
    return value;
  }

  /** The place of the key, or where it would be. */
  public SourceLocation place(String key) {
    Entry entry = entry(key);
    return place.key(key, entry == null ? place.line() : entry.line());
  }

  /** Whether the key is present. */
  public boolean has(String key) {
    return entry(key) != null;
  }

  /** The keys that have a value, for a section of free names; all of them become known. */
  public Set<String> keys() {
    known.addAll(mapping.entries().keySet());
    return withValues(mapping.entries(), place).keySet();
  }

  /**
   * The keys that have a value. The others are rejected without their names, because a misplaced
   * comma turns a secret into a key: {@code {X-Key:, "secret"}}.
   */
  private static Map<String, Entry> withValues(Map<String, Entry> entries, SourceLocation place) {
    Map<String, Entry> withValues = new LinkedHashMap<>();
    entries.forEach((key, entry) -> {
      if (isNothing(entry.value())) {
        place.at(entry.line()).reject("has a key without a value");
      } else {
        withValues.put(key, entry);
      }
    });
    return withValues;
  }

  /** The name under which to read a renamed key: the old one if the file uses it. */
  public String renamed(String old, String key) {
    boolean usesOld = has(old);
    if (usesOld && has(key)) {
      place(old).reject("is the old name of " + key + ", which is set too; keep one of them");
    }
    return usesOld ? old : key;
  }

  /** The single value of a key. */
  public Setting value(String key) {
    return new Setting(node(key), place(key), references);
  }

  /** Reads the section under a key. */
  public <T> T section(String key, Function<Section, T> reader) {
    YamlNode node = node(key);
    return read(node == null ? Mapping.empty(place.line()) : node, place(key), references, reader);
  }

  /** Reads each section of the list under a key. */
  public <T> List<T> sections(String key, Function<Section, T> reader) {
    List<T> values = new ArrayList<>();
    forEach(key, (node, at) -> values.add(read(node, at, references, reader)));
    return values;
  }

  /** The texts of the list under a key. */
  public List<Item> texts(String key) {
    List<Item> texts = new ArrayList<>();
    forEach(key, (node, at) -> addText(node, at, texts));
    return texts;
  }

  /** The text under a key, or the texts of the list under it. */
  public List<Item> textOrTexts(String key) {
    if (node(key) instanceof Scalar one && !one.isNull()) {
      List<Item> texts = new ArrayList<>();
      addText(one, place(key), texts);
      return texts;
    }
    return texts(key);
  }

  /** The variable {@code name} of the environment, empty where it is absent or empty. */
  public Optional<Item> environment(String name) {
    return references.variable(name).map(value -> new Item(name, value, place.variable(name)));
  }

  /** The pairs under a key: of a section, or of a list, where a text is a pair with itself. */
  public List<Item> pairs(String key) {
    List<Item> pairs = new ArrayList<>();
    if (node(key) instanceof Mapping section) {
      addPairs(section, place(key), pairs);
    } else {
      forEach(key, (node, at) -> addPairsOrText(node, at, pairs));
    }
    return pairs;
  }

  private void addPairsOrText(YamlNode node, SourceLocation at, List<Item> pairs) {
    if (node instanceof Mapping section) {
      addPairs(section, at, pairs);
    } else {
      addText(node, at, pairs);
    }
  }

  private void addPairs(Mapping section, SourceLocation at, List<Item> pairs) {
    withValues(section.entries(), at)
        .forEach((name, entry) -> {
          SourceLocation place = at.key(name, entry.line());
          new Setting(entry.value(), place, references)
              .text()
              .ifPresent(text -> pairs.add(new Item(name, text, place)));
        });
  }

  private void addText(YamlNode node, SourceLocation at, List<Item> texts) {
    new Setting(node, at, references).text().ifPresent(text -> texts.add(new Item(text, text, at)));
  }

  /** Gives the nodes of the list under a key, each with its place, to {@code action}. */
  private void forEach(String key, BiConsumer<YamlNode, SourceLocation> action) {
    YamlNode node = node(key);
    if (node instanceof Sequence list) {
      for (int index = 0; index < list.items().size(); index++) {
        YamlNode item = list.items().get(index);
        action.accept(item, place(key).item(index, item.line()));
      }
    } else if (node != null && !isNothing(node)) {
      place(key).reject("must be a list, not " + ConfigMessages.valueOf(node));
    }
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  private @Nullable YamlNode node(String key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  private @Nullable Entry entry(String key) {
    known.add(key);
    return mapping.entries().get(key);
  }

  private void rejectUnknown() {
    Map<String, Entry> unknown = new LinkedHashMap<>(mapping.entries());
    unknown.keySet().removeAll(known);
    if (place.path().isEmpty()) {
      unknown.keySet().removeIf(key -> key.startsWith(EXTENSION));
    }
    withValues(unknown, place)
        .forEach((key, entry) ->
            place.key(key, entry.line()).reject(ConfigMessages.unknownKey(key, known)));
  }
}
