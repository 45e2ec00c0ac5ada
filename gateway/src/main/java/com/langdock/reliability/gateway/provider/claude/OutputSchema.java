package com.langdock.reliability.gateway.provider.claude;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import com.langdock.reliability.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * A JSON schema in the form that Anthropic's structured output accepts.
 *
 * <p>Structured output supports a subset of JSON Schema. As in Anthropic's SDKs, unsupported
 * keywords (limits of numbers and lengths, patterns, most formats) move to the description, where
 * the model still sees them. Objects get {@code additionalProperties: false}, which is required.
 * {@code oneOf} becomes {@code anyOf}. Keywords beside a {@code $ref} are removed.
 *
 * @param json the client's own bytes if nothing changed
 */
public record OutputSchema(String json, boolean isChanged) {
  private static final Set<String> SUPPORTED =
      Set.of("type", "title", "description", "enum", "const", "default", "required", "$ref");

  /** Keywords that do not constrain values. */
  private static final Set<String> ANNOTATIONS = Set.of("$schema", "$id", "$comment");

  private static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties", "$defs", "definitions");
  private static final Set<String> LISTS_OF_SCHEMAS = Set.of("anyOf", "oneOf", "allOf");
  private static final Set<String> FORMATS =
      Set.of(
          "date-time",
          "time",
          "date",
          "duration",
          "email",
          "hostname",
          "uri",
          "ipv4",
          "ipv6",
          "uuid");

  /** The schema for the answer. */
  public static OutputSchema of(JsonValue schema) {
    Repair repair = new Repair();
    String repaired = JsonWriter.value(out -> repair.schema(out, schema));
    return repair.changed
        ? new OutputSchema(repaired, true)
        : new OutputSchema(schema.raw(), false);
  }

  /** Writes schemas in an acceptable form and records whether they changed. */
  private static final class Repair {
    private boolean changed;

    private void schema(JsonGenerator out, JsonValue schema) {
      if (schema.kind() != Kind.OBJECT) {
        out.writeRawValue(schema.raw());
        return;
      }
      boolean reference = schema.field("$ref") != null;
      List<Member> moved = new ArrayList<>();
      out.writeStartObject();
      for (Member member : schema.members()) {
        if (ANNOTATIONS.contains(member.name())
            || (reference && !isAllowedBesideReference(member))) {
          changed = true;
        } else if (!member.name().equals("description") && !write(out, member)) {
          moved.add(member);
        }
      }
      if (!reference) {
        writeDescription(out, schema, moved);
        close(out, schema);
      }
      out.writeEndObject();
    }

    private static boolean isAllowedBesideReference(Member member) {
      return member.name().equals("$ref") || isMap(member);
    }

    /** Writes a keyword if it is supported. Returns whether it is. */
    private boolean write(JsonGenerator out, Member member) {
      String name = member.name();
      JsonValue value = member.value();
      if (isMap(member)) {
        out.writeName(name);
        out.writeStartObject();
        for (Member inner : value.members()) {
          out.writeName(inner.name());
          schema(out, inner.value());
        }
        out.writeEndObject();
      } else if (LISTS_OF_SCHEMAS.contains(name) && value.kind() == Kind.ARRAY) {
        changed |= name.equals("oneOf");
        out.writeName(name.equals("oneOf") ? "anyOf" : name);
        out.writeStartArray();
        value.elements().forEach(inner -> schema(out, inner));
        out.writeEndArray();
      } else if (name.equals("items") && value.kind() == Kind.OBJECT) {
        out.writeName(name);
        schema(out, value);
      } else if (SUPPORTED.contains(name) || isSupported(name, value)) {
        out.writeName(name);
        out.writeRawValue(value.raw());
      } else {
        return name.equals("additionalProperties"); // written by close()
      }
      return true;
    }

    private static boolean isMap(Member member) {
      return MAPS_OF_SCHEMAS.contains(member.name()) && member.value().kind() == Kind.OBJECT;
    }

    private static boolean isSupported(String name, JsonValue value) {
      return switch (name) {
        case "format" -> FORMATS.contains(value.text());
        case "minItems" -> value.number() == 0 || value.number() == 1;
        default -> false;
      };
    }

    private void writeDescription(JsonGenerator out, JsonValue schema, List<Member> moved) {
      StringBuilder text = new StringBuilder();
      String own = JsonFields.text(schema, "description");
      text.append(own == null ? "" : own);
      String separator = own == null ? "{" : "\n\n{";
      for (Member member : moved) {
        text.append(separator).append(member.name()).append(": ").append(member.value().raw());
        separator = ", ";
        changed = true;
      }
      if (!moved.isEmpty()) {
        text.append('}');
      }
      if (!text.isEmpty()) {
        out.writeStringProperty("description", text.toString());
      }
    }

    /** Forbids additional properties in objects. */
    private void close(JsonGenerator out, JsonValue schema) {
      boolean isObject =
          JsonFields.texts(schema, "type").contains("object") || schema.field("properties") != null;
      JsonValue open = schema.field("additionalProperties");
      if (isObject) {
        changed |= open == null || !open.raw().equals("false");
        out.writeBooleanProperty("additionalProperties", false);
      } else if (open != null) {
        changed = true;
      }
    }
  }
}
