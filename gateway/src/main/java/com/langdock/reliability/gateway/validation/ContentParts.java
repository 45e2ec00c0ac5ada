package com.langdock.reliability.gateway.validation;

import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.json.JsonValue.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a message's content. */
final class ContentParts {
  private static final Map<String, Rule> BY_TYPE =
      Map.of(
          "text", Rule.required("text", "expected a string", Rule.is(Kind.STRING)),
          "refusal", Rule.required("refusal", "expected a string", Rule.is(Kind.STRING)),
          "image_url", holding("image_url", "url"),
          "input_audio", holding("input_audio", "data"),
          "file", Rule.required("file", "expected an object", Rule.is(Kind.OBJECT)));

  private ContentParts() {}

  /** The first problem with the parts, of which only these types are allowed. */
  static @Nullable Problem check(List<JsonValue> parts, Set<String> allowed, String path) {
    for (int i = 0; i < parts.size(); i++) {
      Problem problem = part(parts.get(i), allowed, path + "[" + i + "].");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable Problem part(JsonValue part, Set<String> allowed, String path) {
    JsonValue type = part.field("type");
    if (type == null) {
      return Problem.missing(path + "type");
    }
    Rule rule = allowed.contains(type.text()) ? BY_TYPE.get(type.text()) : null;
    return rule == null
        ? Problem.invalid(path + "type", "expected one of " + allowed.stream().sorted().toList())
        : rule.check(part, path);
  }

  /** An object with one string that must be in it. */
  private static Rule holding(String name, String inner) {
    Rule innerRule = Rule.required(inner, "expected a string", Rule.is(Kind.STRING));
    return (part, path) -> {
      JsonValue value = part.field(name);
      return value == null || value.kind() != Kind.OBJECT
          ? Problem.missing(path + name)
          : innerRule.check(value, path + name + ".");
    };
  }
}
