package com.langdock.reliability.gateway.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.MalformedJsonException;
import com.langdock.reliability.yaml.EnvironmentReferences;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceLocation;
import com.langdock.reliability.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rules that the store has of keys and teams. Equal ones are one object. */
final class RulesReader {
  private static final Logger LOG = LoggerFactory.getLogger(RulesReader.class);
  private static final EnvironmentReferences NO_ENVIRONMENT = new EnvironmentReferences(Map.of());

  /** What has no readable rules may nothing. */
  private static final String NOTHING = "{\"models\":[],\"providers\":[],\"endpoints\":[]}";

  private final SubjectReader reader = SubjectReader.unchecked();
  private final Map<String, KeyRules> known = new HashMap<>();

  /** Reads a tree by {@code reader}; what is wrong with it goes to {@code problems}. */
  static <T> T read(YamlNode tree, Problems problems, Function<Section, T> reader) {
    return Section.read(
        tree, new SourceLocation(tree.line(), "", problems), NO_ENVIRONMENT, reader);
  }

  /** The rules of a key. */
  KeyRules key(String id, String json) {
    KeyRules rules = known.get(json);
    if (rules == null) {
      rules = read("key " + id, json, reader::key);
      known.put(json, rules);
    }
    return rules;
  }

  /** The rules of a team. */
  TeamConfig team(String name, String json) {
    return read("team " + name, json, section -> reader.team(name, section));
  }

  private static <T> T read(String what, String json, Function<Section, T> reader) {
    Problems problems = new Problems();
    T rules = read(tree(json), problems, reader);
    if (problems.errors().isEmpty()) {
      return rules;
    }
    LOG.atError()
        .addKeyValue("event", "stored_rules_unreadable")
        .log("{} may nothing, since its stored rules are wrong", what);
    return read(tree(NOTHING), new Problems(), reader);
  }

  private static YamlNode tree(String json) {
    try {
      return JsonNodes.of(JsonValue.parse(json.getBytes(UTF_8)));
    } catch (MalformedJsonException notJson) {
      return new YamlNode.Scalar("malformed", false, 0); // Rejected, as any other text.
    }
  }
}
