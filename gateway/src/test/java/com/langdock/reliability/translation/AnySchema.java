package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random JSON schemas with every keyword that clients use. */
final class AnySchema {
  private static final int MAX_DEPTH = 3;
  private static final List<String> NAMES = List.of("city", "unit", "a b", "größe", "$id", "type");
  private static final List<String> COMBINATIONS = List.of("anyOf", "oneOf", "allOf");

  private final Dice dice;

  AnySchema(Dice dice) {
    this.dice = dice;
  }

  /** The schema of a tool's input: one of an object. */
  Map<String, Object> ofObject() {
    Map<String, Object> schema = object("type", "object");
    if (dice.chance(80)) {
      addProperties(schema, 0);
    }
    addTop(schema);
    return schema;
  }

  /** The schema of a tool's input in a format that allows combinations at the top. */
  Map<String, Object> ofAnything() {
    Map<String, Object> schema = ofObject();
    switch (dice.below(6)) {
      case 0 -> schema.remove("type");
      case 1 -> schema.clear();
      case 2 -> schema.put(dice.pick(COMBINATIONS), List.of(ofObject(), ofObject()));
      case 3 -> schema.put("type", List.of("object", "null"));
      default -> {}
    }
    return schema;
  }

  private void addTop(Map<String, Object> schema) {
    dice.maybe(15, schema, "$schema", () -> "http://json-schema.org/draft-07/schema#");
    dice.maybe(15, schema, "title", () -> "Input");
    dice.maybe(15, schema, "description", dice::anyText);
    dice.maybe(15, schema, "$comment", () -> "for people");
    dice.maybe(15, schema, "additionalProperties", () -> dice.chance(50));
    dice.maybe(10, schema, "minProperties", () -> 1);
    dice.maybe(15, schema, "$defs", () -> object("part", object("type", "string", "minLength", 1)));
    dice.maybe(5, schema, "definitions", () -> object("old", object("type", "integer")));
    dice.maybe(5, schema, "patternProperties", () -> object("^x-", object("type", "string")));
    dice.maybe(5, schema, "propertyNames", () -> object("pattern", "^[a-z]+$"));
    dice.maybe(5, schema, "x-vendor", () -> List.of(1, 2));
  }

  private void addProperties(Map<String, Object> schema, int depth) {
    Map<String, Object> properties = new LinkedHashMap<>();
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      properties.put(dice.pick(NAMES), property(depth + 1));
    }
    schema.put("properties", properties);
    dice.maybe(60, schema, "required", () -> new ArrayList<>(properties.keySet()));
  }

  private Map<String, Object> property(int depth) {
    Map<String, Object> schema =
        switch (dice.below(depth < MAX_DEPTH ? 11 : 8)) {
          case 0 -> object("type", "string", "minLength", 1, "maxLength", 9, "pattern", "^\\d+$");
          case 1 -> object("type", "string", "format", dice.pick(List.of("date-time", "uri")));
          case 2 -> object("enum", List.of("a", "b", 1, true));
          case 3 -> object("const", "fixed");
          case 4 ->
              object("type", "number", "minimum", 0, "exclusiveMaximum", 10.5, "multipleOf", 5);
          case 5 -> object("type", List.of("string", "null"), "default", "");
          case 6 -> object("$ref", "#/$defs/part");
          case 7 -> object("type", "boolean", "deprecated", true, "examples", List.of(true));
          case 8 -> object("type", "array", "items", property(depth + 1), "uniqueItems", true);
          case 9 ->
              object(dice.pick(COMBINATIONS), List.of(property(depth + 1), property(depth + 1)));
          default -> object("type", "object");
        };
    if ("object".equals(schema.get("type"))) {
      addProperties(schema, depth);
    }
    dice.maybe(20, schema, "description", dice::anyText);
    dice.maybe(5, schema, "nullable", () -> true);
    return schema;
  }
}
