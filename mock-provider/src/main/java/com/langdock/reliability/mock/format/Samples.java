package com.langdock.reliability.mock.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes a value that matches a JSON schema: every property is there, a list has one element, an
 * enumeration gives its first value. Type names may be in capitals, as OpenAPI's are at Google.
 */
final class Samples {
  private static final int DEEPEST = 16;
  private static final List<String> CHOICES = List.of("enum", "anyOf", "oneOf", "allOf");
  private static final Set<String> SAYING_MORE =
      Set.of("properties", "$ref", "const", "enum", "anyOf", "oneOf", "allOf");

  private final JsonNode root;
  private final String text;

  private Samples(JsonNode root, String text) {
    this.root = root;
    this.text = text;
  }

  /**
   * A value for the schema as JSON; every string in it is {@code text}. A schema that says nothing
   * of its properties gets an object with {@code property}.
   */
  static String json(JsonNode schema, String property, String text) {
    Object value =
        isOpen(schema) ? Json.object(property, text) : new Samples(schema, text).of(schema, 0);
    return value == null ? "null" : Json.text(value);
  }

  private static boolean isOpen(JsonNode schema) {
    boolean saysMore = SAYING_MORE.stream().anyMatch(schema::has);
    String type = type(schema);
    return !saysMore && (type.isEmpty() || type.equals("object"));
  }

  private @Nullable Object of(JsonNode schema, int depth) {
    for (String choice : CHOICES) {
      JsonNode first = schema.path(choice).path(0);
      if (!first.isMissingNode() && depth < DEEPEST) {
        return choice.equals("enum") ? first : of(first, depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    String reference = schema.path("$ref").stringValue("");
    if (reference.startsWith("#/") && depth < DEEPEST) {
      return of(root.at(reference.substring(1)), depth + 1);
    }
    return ofType(schema, depth);
  }

  private @Nullable Object ofType(JsonNode schema, int depth) {
    return switch (type(schema)) {
      case "object" -> properties(schema, depth);
      case "array" -> depth < DEEPEST ? elements(schema.path("items"), depth) : List.of();
      case "integer" -> 1;
      case "number" -> 1.5;
      case "boolean" -> true;
      case "null" -> null;
      default -> text;
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    String name = (type.isArray() ? type.path(0) : type).stringValue("");
    return name.isEmpty() && schema.has("properties") ? "object" : name.toLowerCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> properties(JsonNode schema, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (depth < DEEPEST) {
      schema
          .path("properties")
          .forEachEntry((name, property) -> object.put(name, of(property, depth + 1)));
    }
    return object;
  }

  private List<Object> elements(JsonNode items, int depth) {
    Object element = of(items, depth + 1);
    return element == null ? List.of() : List.of(element);
  }
}
