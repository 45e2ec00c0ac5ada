package com.langdock.reliability.yaml;

import com.langdock.reliability.yaml.YamlNode.Entry;
import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Applies {@code key.path=value} settings to a tree before it is read.
 *
 * <p>A step of the path is a key, or for a list the index or the {@code name} of one of its
 * sections; a step with a dot in it may stand in brackets: {@code
 * models[gpt-3.5-turbo].context_window}. A value is text, YAML's {@code [list]} or {@code
 * {section}}, or {@code @file}, which stands for the text in that file; {@code @@} is a plain at
 * sign. Messages show paths, never values.
 */
public final class Overrides {
  private static final Pattern STEP =
      Pattern.compile("(?:^|\\.|(?=\\[))(?:\\[([^\\[\\]]+)]|([^.\\[\\]]+))");
  private static final String WHERE = "--set";
  private static final Pattern LINE_END = Pattern.compile("\\R\\z");

  /** Sections whose keys are names of models. */
  private static final Set<String> FREE_NAMES = Set.of("models", "fallbacks");

  private final Problems problems;

  /** Reports settings that cannot be applied to {@code problems}. */
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
    return valueOf(setting.substring(0, equals), setting.substring(equals + 1))
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

  private Optional<YamlNode> valueOf(String path, String text) {
    if (text.startsWith("@")) {
      return fromFile(path, text.substring(1));
    }
    return text.startsWith("[") || text.startsWith("{")
        ? YamlReader.value(text, problems)
        : Optional.of(new Scalar(text, false, 0));
  }

  /** A secret in a file is not visible in the list of processes. */
  private Optional<YamlNode> fromFile(String path, String file) {
    if (file.startsWith("@")) {
      return Optional.of(new Scalar(file, false, 0));
    }
    Problems ofFile = new Problems();
    Optional<String> text = SourceFile.read(Path.of(file), ofFile);
    ofFile
        .errors()
        .forEach(problem -> problems.add(0, WHERE, path + ": the file " + problem.message()));
    return text.map(read -> new Scalar(LINE_END.matcher(read).replaceFirst(""), false, 0));
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
    int next = endOfKey(mapping, change.steps(), depth);
    String key = String.join(".", change.steps().subList(depth, next));
    Entry old = mapping.entries().getOrDefault(key, new Entry(Mapping.empty(0), 0));
    boolean last = next == change.steps().size();
    Map<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, new Entry(with(old.value(), change, next), last ? 0 : old.line()));
    return new Mapping(entries, mapping.line());
  }

  /**
   * The step after the key that begins at {@code depth}. A key with dots in it is several steps:
   * the longest that the section has, or a model's name, of which the last step is no part where a
   * fact of the model is set.
   */
  private static int endOfKey(Mapping mapping, List<String> steps, int depth) {
    for (int end = steps.size(); end > depth + 1; end--) {
      if (mapping.entries().containsKey(String.join(".", steps.subList(depth, end)))) {
        return end;
      }
    }
    String parent = depth == 0 ? "" : steps.get(depth - 1);
    boolean named = mapping.entries().containsKey(steps.get(depth));
    if (named || !FREE_NAMES.contains(parent)) {
      return depth + 1;
    }
    boolean factOfModel = parent.equals("models") && depth == 1;
    return Math.max(depth + 1, factOfModel ? steps.size() - 1 : steps.size());
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
