package com.langdock.reliability.gateway.provider.claude;

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
 * <p>It cannot express an object without property names, which would become empty, a recursive
 * schema, or a reference to another document.
 */
public final class SchemaSupport {
  /** The progress of checking a referenced schema. */
  private enum Visit {
    IN_PROGRESS,
    DONE
  }

  private final JsonValue root;
  private final Map<String, Visit> visits = new HashMap<>();

  private SchemaSupport(JsonValue root) {
    this.root = root;
  }

  /** Whether structured output can express {@code schema}. */
  public static boolean canExpress(JsonValue schema) {
    return new SchemaSupport(schema).isExpressible(schema);
  }

  private boolean isExpressible(JsonValue schema) {
    if (schema.kind() == Kind.ARRAY) {
      return schema.elements().stream().allMatch(this::isExpressible);
    }
    String reference = JsonFields.text(schema, "$ref");
    if (reference != null) {
      return isReferenceExpressible(reference);
    }
    return !isOpen(schema) && schema.members().stream().allMatch(this::isKeywordExpressible);
  }

  private boolean isKeywordExpressible(Member member) {
    return switch (member.name()) {
      case "properties" ->
          member.value().members().stream().allMatch(one -> isExpressible(one.value()));
      case "items", "anyOf", "oneOf", "allOf" -> isExpressible(member.value());
      default -> true; // definitions are checked where they are referenced
    };
  }

  /** Whether it is an object without property names. */
  private static boolean isOpen(JsonValue schema) {
    JsonValue more = schema.field("additionalProperties");
    boolean isMap = more != null && !more.members().isEmpty();
    boolean isClosed = more != null && more.raw().equals("false");
    boolean isObject = JsonFields.texts(schema, "type").contains("object");
    JsonValue properties = JsonFields.object(schema, "properties");
    boolean hasNoProperties = properties == null || properties.members().isEmpty();
    boolean isCombined =
        schema.field("anyOf") != null
            || schema.field("oneOf") != null
            || schema.field("allOf") != null;
    return isMap
        || schema.field("patternProperties") != null
        || (isObject && hasNoProperties && !isClosed && !isCombined);
  }

  private boolean isReferenceExpressible(String reference) {
    Visit visit = visits.putIfAbsent(reference, Visit.IN_PROGRESS);
    if (visit != null) {
      return visit == Visit.DONE;
    }
    JsonValue found = find(root, reference);
    boolean expressible = found != null && !found.equals(root) && isExpressible(found);
    visits.put(reference, Visit.DONE);
    return expressible;
  }

  /**
   * The schema in {@code root} that {@code reference} points to, such as {@code #/$defs/place};
   * null if there is none.
   */
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
