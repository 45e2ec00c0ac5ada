package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether OpenAI accepts a schema with {@code strict}: each object requires all of its properties
 * and allows no others, and there are only keywords that OpenAI knows. Other formats ask less of a
 * strict schema.
 */
public final class StrictSchema {
  private static final Set<String> SIMPLE =
      Set.of(
          "type",
          "required",
          "additionalProperties",
          "enum",
          "const",
          "description",
          "title",
          "$ref",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems");

  private StrictSchema() {}

  /** Whether the schema of a function's parameters is strict. */
  public static boolean isStrict(JsonValue parameters) {
    return JsonFields.isText(parameters, "type", "object")
        && parameters.field("anyOf") == null
        && isAccepted(parameters);
  }

  private static boolean isAccepted(JsonValue schema) {
    return schema.kind() == JsonValue.Kind.OBJECT
        && isClosed(schema)
        && schema.members().stream().allMatch(StrictSchema::isAccepted);
  }

  private static boolean isAccepted(Member keyword) {
    JsonValue value = keyword.value();
    return switch (keyword.name()) {
      case "items" -> isAccepted(value);
      case "anyOf" -> value.elements().stream().allMatch(StrictSchema::isAccepted);
      case "properties", "$defs", "definitions" ->
          value.members().stream().map(Member::value).allMatch(StrictSchema::isAccepted);
      default -> SIMPLE.contains(keyword.name());
    };
  }

  private static boolean isClosed(JsonValue schema) {
    JsonValue properties = JsonFields.object(schema, "properties");
    if (properties == null && !JsonFields.texts(schema, "type").contains("object")) {
      return true;
    }
    JsonValue others = JsonFields.value(schema, "additionalProperties");
    Set<String> required = new HashSet<>(JsonFields.texts(schema, "required"));
    return others != null
        && others.kind() == JsonValue.Kind.BOOLEAN
        && !others.isTrue()
        && (properties == null
            || properties.members().stream().map(Member::name).allMatch(required::contains));
  }
}
