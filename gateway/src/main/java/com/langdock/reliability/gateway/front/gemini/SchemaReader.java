package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a schema in Google's own words, a subset of OpenAPI, as a JSON schema: types are in lower
 * case, a nullable type is one of two, and lengths are numbers.
 */
final class SchemaReader {
  private static final Set<String> LENGTHS =
      Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
  private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties");
  private static final Set<String> LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
  private static final Set<String> MAPS = Set.of("properties", "$defs", "defs");

  /** Formats that describe a type, or mark it as an enumeration; no JSON schema has them. */
  private static final Set<String> OWN_FORMATS =
      Set.of("enum", "int32", "int64", "float", "double", "byte");

  private SchemaReader() {}

  /** The JSON schema of {@code schema}, an object. */
  static JsonValue jsonSchema(JsonValue schema) {
    return Objects.requireNonNull(JsonBody.json(write(schema).getBytes(UTF_8)));
  }

  private static String write(JsonValue schema) {
    if (schema.kind() != Kind.OBJECT) {
      return schema.raw();
    }
    boolean isNullable = ProtoFields.isTrue(schema, "nullable");
    List<String> members = new ArrayList<>();
    for (Member member : schema.members()) {
      String name = ProtoFields.camelCase(member.name());
      JsonValue value = member.value();
      boolean isOmitted =
          value.isNull()
              || name.equals("nullable")
              || name.equals("propertyOrdering")
              || (name.equals("format") && OWN_FORMATS.contains(value.text()));
      if (!isOmitted) {
        members.add(JsonText.quote(name) + ":" + write(name, value, isNullable));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String write(String name, JsonValue value, boolean isNullable) {
    if (name.equals("type")) {
      return type(value, isNullable);
    }
    if (name.equals("enum") && isNullable && value.kind() == Kind.ARRAY) {
      return "[" + joined(value.elements().stream().map(JsonValue::raw).toList(), "null") + "]";
    }
    if (LENGTHS.contains(name) && value.kind() == Kind.STRING) {
      return value.text().matches("\\d{1,18}") ? value.text() : value.raw();
    }
    if (SCHEMAS.contains(name)) {
      return write(value);
    }
    if (LISTS.contains(name) && value.kind() == Kind.ARRAY) {
      return "["
          + String.join(",", value.elements().stream().map(SchemaReader::write).toList())
          + "]";
    }
    return MAPS.contains(name) && value.kind() == Kind.OBJECT ? map(value) : value.raw();
  }

  private static String joined(List<String> values, String last) {
    List<String> all = new ArrayList<>(values);
    if (!all.contains(last)) {
      all.add(last);
    }
    return String.join(",", all);
  }

  private static String map(JsonValue value) {
    List<String> members = new ArrayList<>();
    for (Member member : value.members()) {
      members.add(JsonText.quote(member.name()) + ":" + write(member.value()));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String type(JsonValue type, boolean isNullable) {
    if (type.kind() != Kind.STRING) {
      return type.raw();
    }
    String plain = JsonText.quote(type.text().toLowerCase(Locale.ROOT));
    return isNullable ? "[" + plain + ",\"null\"]" : plain;
  }
}
