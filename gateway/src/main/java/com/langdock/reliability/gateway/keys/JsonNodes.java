package com.langdock.reliability.gateway.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.MalformedJsonException;
import com.langdock.reliability.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as a tree of the configuration, so that one reader knows the rules of both. A field that is
 * null is absent, and no text refers to the environment.
 */
final class JsonNodes {
  private JsonNodes() {}

  static YamlNode of(JsonValue value) {
    return switch (value.kind()) {
      case OBJECT -> new YamlNode.Mapping(entries(value.members()), 0);
      case ARRAY -> new YamlNode.Sequence(value.elements().stream().map(JsonNodes::of).toList(), 0);
      case STRING -> new YamlNode.Scalar(literal(value.text()), false, 0);
      case NUMBER, BOOLEAN, NULL -> new YamlNode.Scalar(value.raw(), true, 0);
    };
  }

  /**
   * The JSON object {@code own} with the fields of {@code patch}; those that are null are removed.
   */
  static YamlNode merged(String own, JsonValue patch) {
    Map<String, YamlNode.Entry> entries;
    try {
      entries = entries(JsonValue.parse(own.getBytes(UTF_8)).members());
    } catch (MalformedJsonException impossible) {
      throw new IllegalStateException(own, impossible);
    }
    for (JsonValue.Member member : patch.members()) {
      if (member.value().isNull()) {
        entries.remove(member.name());
      } else {
        entries.put(member.name(), new YamlNode.Entry(of(member.value()), 0));
      }
    }
    return new YamlNode.Mapping(entries, 0);
  }

  private static Map<String, YamlNode.Entry> entries(List<JsonValue.Member> members) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (JsonValue.Member member : members) {
      if (!member.value().isNull()) {
        entries.put(member.name(), new YamlNode.Entry(of(member.value()), 0));
      }
    }
    return entries;
  }

  /** A text in which nothing is taken for a reference to the environment. */
  private static String literal(String text) {
    return text.replace("${", "$${");
  }
}
