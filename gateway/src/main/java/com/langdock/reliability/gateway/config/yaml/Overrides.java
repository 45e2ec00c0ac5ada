package com.langdock.reliability.gateway.config.yaml;

import com.langdock.reliability.gateway.config.yaml.YamlNode.Entry;
import com.langdock.reliability.gateway.config.yaml.YamlNode.Mapping;
import com.langdock.reliability.gateway.config.yaml.YamlNode.Scalar;
import com.langdock.reliability.gateway.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Puts {@code key.path=value} settings into a tree, before anybody reads it.
 *
 * <p>A step of the path is a key, or for a list the index or the {@code name} of one of its
 * sections; a step with a dot in it stands in brackets: {@code
 * models[gpt-3.5-turbo].context_window}. A value is text, or YAML's {@code [list]} or {@code
 * {section}}. Messages show paths, never values.
 */
public final class Overrides {
  private static final Pattern STEP =
      Pattern.compile("(?:^|\\.|(?=\\[))(?:\\[([^\\[\\]]+)]|([^.\\[\\]]+))");
  private static final String WHERE = "--set";

  private final Problems problems;

  /** Tells {@code problems} what cannot be set. */
  public Overrides(Problems problems) {
    this.problems = problems;
  }

  /** {@code root} with all settings that could be applied, the last one of a key winning. */
  public YamlNode apply(YamlNode root, List<String> settings) {
    YamlNode changed = root;
    for (String setting : settings) {
      changed = applied(changed, setting);
    }
    return changed;
  }

  private YamlNode applied(YamlNode root, String setting) {
    int equals = setting.indexOf('=');
    List<String> steps = equals < 0 ? List.of() : stepsOf(setting.substring(0, equals));
    if (steps.isEmpty()) {
      problems.add(0, WHERE, "must be key.path=value, such as server.port=8081");
      return root;
    }
    return valueOf(setting.substring(equals + 1))
        .map(value -> with(root, new Change(setting.substring(0, equals), steps, value), 0))
        .orElse(root);
  }

  private record Change(String path, List<String> steps, YamlNode value) {}

  /** The steps of a path, none when it is not one. */
  private static List<String> stepsOf(String path) {
    return STEP.matcher(path).replaceAll("").isEmpty()
        ? STEP.matcher(path).results().map(Overrides::stepOf).toList()
        : List.of();
  }

  private static String stepOf(MatchResult step) {
    return step.group(1) == null ? step.group(2) : step.group(1);
  }

  private Optional<YamlNode> valueOf(String text) {
    return text.startsWith("[") || text.startsWith("{")
        ? YamlReader.value(text, problems)
        : Optional.of(new Scalar(text, false, 0));
  }

  private YamlNode with(YamlNode node, Change change, int depth) {
    if (depth == change.steps().size()) {
      return change.value();
    }
    return switch (node) {
      case Mapping mapping -> withKey(mapping, change, depth);
      case Sequence list -> withItem(list, change, depth);
      case Scalar scalar when scalar.isNull() -> withKey(Mapping.empty(0), change, depth);
      case Scalar scalar -> unchanged(scalar, change, "has a single value on its way");
    };
  }

  private YamlNode withKey(Mapping mapping, Change change, int depth) {
    String key = change.steps().get(depth);
    Entry old = mapping.entries().getOrDefault(key, new Entry(Mapping.empty(0), 0));
    boolean last = depth + 1 == change.steps().size();
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, new Entry(with(old.value(), change, depth + 1), last ? 0 : old.line()));
    return new Mapping(entries, mapping.line());
  }

  private YamlNode withItem(Sequence list, Change change, int depth) {
    OptionalInt index = indexOf(change.steps().get(depth), list.items());
    if (index.isEmpty()) {
      return unchanged(list, change, "names nothing that is in the list");
    }
    List<YamlNode> items = new ArrayList<>(list.items());
    items.set(index.getAsInt(), with(items.get(index.getAsInt()), change, depth + 1));
    return new Sequence(items, list.line());
  }

  private static OptionalInt indexOf(String step, List<YamlNode> items) {
    return IntStream.range(0, items.size())
        .filter(index -> step.equals(Integer.toString(index)) || isNamed(step, items.get(index)))
        .findFirst();
  }

  private static boolean isNamed(String name, YamlNode node) {
    Entry entry = node instanceof Mapping mapping ? mapping.entries().get("name") : null;
    return entry != null && entry.value() instanceof Scalar scalar && scalar.text().equals(name);
  }

  private YamlNode unchanged(YamlNode node, Change change, String message) {
    problems.add(0, WHERE, change.path() + " " + message);
    return node;
  }
}
