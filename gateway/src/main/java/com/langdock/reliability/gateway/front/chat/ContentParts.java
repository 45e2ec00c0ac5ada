package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Validates the parts of a message's content.
 *
 * <p>Parts of OpenAI's types must be complete. A part of another type is passed on, because some
 * providers support more types than OpenAI. Where a type is allowed is not checked for the same
 * reason.
 */
final class ContentParts {
  private static final Map<String, Rule> BY_TYPE =
      Map.of(
          "text", Rule.required("text", "expected a string", Rule.is(Kind.STRING)),
          "refusal", Rule.required("refusal", "expected a string", Rule.is(Kind.STRING)),
          "image_url", ContentParts::image,
          "input_audio", objectWith("input_audio", "data"),
          "file", Rule.required("file", "expected an object", Rule.is(Kind.OBJECT)));

  private ContentParts() {}

  /** The first problem with the parts; null if there is none. */
  static @Nullable Problem check(List<JsonValue> parts, String path) {
    for (int i = 0; i < parts.size(); i++) {
      Problem problem = part(parts.get(i), path + "[" + i + "].");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable Problem part(JsonValue part, String path) {
    JsonValue type = part.field("type");
    if (type == null) {
      return Problem.missing(path + "type");
    }
    if (type.kind() != Kind.STRING) {
      return Problem.invalid(path + "type", "expected a string", type);
    }
    Rule rule = BY_TYPE.get(type.text());
    return rule == null ? null : rule.check(part, path);
  }

  /** The URL is in an object, or, for some compatible servers, a plain string. */
  private static @Nullable Problem image(JsonValue part, String path) {
    JsonValue image = part.field("image_url");
    return image != null && image.kind() == Kind.STRING
        ? null
        : objectWith("image_url", "url").check(part, path);
  }

  /** An object with one required string field. */
  private static Rule objectWith(String name, String inner) {
    Rule innerRule = Rule.required(inner, "expected a string", Rule.is(Kind.STRING));
    return (part, path) -> {
      JsonValue value = part.field(name);
      return value == null || value.kind() != Kind.OBJECT
          ? Problem.missing(path + name)
          : innerRule.check(value, path + name + ".");
    };
  }
}
