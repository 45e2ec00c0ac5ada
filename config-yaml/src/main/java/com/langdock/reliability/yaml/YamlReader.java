package com.langdock.reliability.yaml;

import com.langdock.reliability.yaml.YamlNode.Entry;
import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of one YAML document from the parser's events.
 *
 * <p>Events, because they carry lines, and because depth and aliases are limited here: an alias
 * shares its anchor's node, so that no document grows larger than its text. Messages contain keys
 * but no values; the parser's messages are cut before they quote.
 */
public final class YamlReader {
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();
  private static final String MERGE = "<<";
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 100;
  private static final String QUOTED_PART = "(, but |: |\\(| handle ).*";
  private static final Scalar NOTHING = new Scalar("", true, 0);

  private final Iterator<Event> events;
  private final boolean numbered;
  private final Problems problems;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private int aliases;

  private YamlReader(String text, boolean numbered, Problems problems) {
    this.events = new Parse(SETTINGS).parseString(text).iterator();
    this.numbered = numbered;
    this.problems = problems;
  }

  /** The document in a file's text; empty, with a problem recorded, if it is not YAML. */
  public static Optional<YamlNode> document(String text, Problems problems) {
    return new YamlReader(text, true, problems).document("");
  }

  /** The value of an override, without lines; empty when it is not YAML, a problem as well. */
  static Optional<YamlNode> value(String text, Problems problems) {
    return new YamlReader(text, false, problems).document("--set");
  }

  private Optional<YamlNode> document(String path) {
    try {
      events.next(); // the stream's start
      if (events.next() instanceof StreamEndEvent) {
        return Optional.of(Mapping.empty(numbered ? 1 : 0));
      }
      YamlNode root = node(events.next(), path, 0);
      events.next(); // the document's end
      if (events.next() instanceof DocumentStartEvent second) {
        problems.add(line(second), path, "a second document begins here; only one is read");
      }
      return Optional.of(root);
    } catch (MarkedYamlEngineException exception) {
      int line = exception.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problems.add(numbered ? line : 0, path, "is not YAML: " + wordsOf(exception));
    } catch (YamlEngineException exception) {
      problems.add(0, path, "is not YAML: it has a character that YAML does not allow");
    }
    return Optional.empty();
  }

  private static String wordsOf(MarkedYamlEngineException exception) {
    return exception.getProblem().replaceFirst("(?s)" + QUOTED_PART, "").strip();
  }

  private YamlNode node(Event event, String path, int depth) {
    if (event instanceof AliasEvent alias) {
      return anchored(alias, path);
    }
    if (depth == MAX_DEPTH && !(event instanceof ScalarEvent)) {
      problems.add(line(event), path, "is nested deeper than " + MAX_DEPTH + " levels");
      skip(event);
      return NOTHING;
    }
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> new Scalar(scalar.getValue(), scalar.isPlain(), line(scalar));
          case SequenceStartEvent start -> sequence(start, path, depth);
          case MappingStartEvent start -> mapping(start, path, depth);
          default -> throw new IllegalStateException("not a node: " + event.getEventId());
        };
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    return node;
  }

  private YamlNode anchored(AliasEvent alias, String path) {
    YamlNode node = anchors.get(alias.getAlias().getValue());
    if (node == null) {
      problems.add(line(alias), path, "an alias (*) without its anchor (&); quote text with a *");
    } else if (++aliases == MAX_ALIASES + 1) {
      problems.add(line(alias), path, "more than " + MAX_ALIASES + " aliases (*)");
    }
    return node == null || aliases > MAX_ALIASES ? NOTHING : node;
  }

  private Sequence sequence(SequenceStartEvent start, String path, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      items.add(node(next, YamlNode.pathOf(path, items.size()), depth + 1));
    }
    return new Sequence(items, line(start));
  }

  private Mapping mapping(MappingStartEvent start, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Entry> merged = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      if (next instanceof ScalarEvent key && key.isPlain() && key.getValue().equals(MERGE)) {
        merged.add(new Entry(node(events.next(), path, depth + 1), line(key)));
      } else if (next instanceof ScalarEvent key) {
        entry(key, path, depth, entries);
      } else {
        problems.add(line(next), path, "a key must be plain text");
        skip(next);
        skip(events.next());
      }
    }
    merged.forEach(merge -> merge(merge, path, entries));
    return new Mapping(entries, line(start));
  }

  /** Adds the missing keys of a section, or of a list of sections. */
  private void merge(Entry merge, String path, Map<String, Entry> entries) {
    List<YamlNode> sections =
        merge.value() instanceof Sequence list ? list.items() : List.of(merge.value());
    for (YamlNode section : sections) {
      if (section instanceof Mapping mapping) {
        mapping.entries().forEach(entries::putIfAbsent);
      } else {
        problems.add(merge.line(), path, "a merge (<<) needs a section, or a list of sections");
      }
    }
  }

  private void entry(ScalarEvent key, String path, int depth, Map<String, Entry> entries) {
    String keyPath = YamlNode.pathOf(path, key.getValue());
    Entry entry = new Entry(node(events.next(), keyPath, depth + 1), line(key));
    Entry first = entries.putIfAbsent(key.getValue(), entry);
    if (first != null) {
      problems.add(entry.line(), keyPath, "is already set in line " + first.line());
    }
  }

  /** Reads on to the end of the node that begins with {@code event}. */
  private void skip(Event event) {
    int open = depthChange(event);
    while (open > 0) {
      open += depthChange(events.next());
    }
  }

  private static int depthChange(Event event) {
    return switch (event.getEventId()) {
      case SequenceStart, MappingStart -> 1;
      case SequenceEnd, MappingEnd -> -1;
      default -> 0;
    };
  }

  private int line(Event event) {
    return numbered ? event.getStartMark().map(Mark::getLine).orElse(-1) + 1 : 0;
  }
}
