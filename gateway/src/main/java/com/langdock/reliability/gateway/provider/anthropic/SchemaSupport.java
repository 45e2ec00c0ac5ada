package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether Anthropic's structured output can express a schema at all, after the repairs of {@link
 * OutputSchema}.
 *
 * <p>It cannot express an object whose property names are not given, which closing would leave
 * empty, nor a schema that contains itself, nor one that refers to another document.
 */
final class SchemaSupport {
  /** A schema that is referred to: whether the look at it has ended. */
  private enum Visit {
    UNDER_WAY,
    DONE
  }

  private final JsonValue root;
  private final Map<String, Visit> visits = new HashMap<>();

  private SchemaSupport(JsonValue root) {
    this.root = root;
  }

  /** Whether a model can be held to {@code schema}. */
  static boolean canExpress(JsonValue schema) {
    return new SchemaSupport(schema).canBe(schema);
  }

  private boolean canBe(JsonValue schema) {
    if (schema.kind() == Kind.ARRAY) {
      return schema.elements().stream().allMatch(this::canBe);
    }
    String reference = JsonFields.text(schema, "$ref");
    if (reference != null) {
      return canReferTo(reference);
    }
    return !isOpen(schema) && schema.members().stream().allMatch(this::canHave);
  }

  private boolean canHave(Member member) {
    return switch (member.name()) {
      case "properties" -> member.value().members().stream().allMatch(one -> canBe(one.value()));
      case "items", "anyOf", "oneOf", "allOf" -> canBe(member.value());
      default -> true; // definitions are looked at where they are referred to
    };
  }

  /** Whether it is an object that says nothing about the names of its properties. */
  private static boolean isOpen(JsonValue schema) {
    JsonValue more = schema.field("additionalProperties");
    boolean isMap = more != null && !more.members().isEmpty();
    boolean isClosed = more != null && more.raw().equals("false");
    boolean isObject = JsonFields.texts(schema, "type").contains("object");
    JsonValue properties = JsonFields.object(schema, "properties");
    boolean namesNone = properties == null || properties.members().isEmpty();
    boolean isCombined =
        schema.field("anyOf") != null
            || schema.field("oneOf") != null
            || schema.field("allOf") != null;
    return isMap
        || schema.field("patternProperties") != null
        || (isObject && namesNone && !isClosed && !isCombined);
  }

  private boolean canReferTo(String reference) {
    Visit visit = visits.putIfAbsent(reference, Visit.UNDER_WAY);
    if (visit != null) {
      return visit == Visit.DONE;
    }
    JsonValue found = find(root, reference);
    boolean can = found != null && !found.equals(root) && canBe(found);
    visits.put(reference, Visit.DONE);
    return can;
  }

  /** What {@code reference}, such as {@code #/$defs/place}, names in {@code root}, or null. */
  static @Nullable JsonValue find(JsonValue root, String reference) {
    if (reference.equals("#")) {
      return root;
    }
    if (!reference.startsWith("#/")) {
      return null;
    }
    JsonValue at = root;
    for (String step : reference.substring(2).split("/", -1)) {
      at = JsonFields.object(at, step.replace("~1", "/").replace("~0", "~"));
    }
    return at;
  }
}
