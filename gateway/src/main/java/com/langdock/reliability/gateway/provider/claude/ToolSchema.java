package com.langdock.reliability.gateway.provider.claude;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The schema of a tool's input. Claude models require {@code type: object} and reject {@code
 * anyOf}, {@code oneOf} and {@code allOf} at the top level.
 *
 * <p>A schema with alternatives at the top level is flattened: it has the properties of all
 * alternatives, and a property is required if all alternatives require it. The description contains
 * the original alternatives, since the schema no longer expresses them.
 *
 * @param json the client's own bytes if nothing changed
 */
public record ToolSchema(String json, boolean isChanged) {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
  private static final List<String> COMBINATIONS = List.of("anyOf", "oneOf", "allOf");
  private static final Set<String> REWRITTEN =
      Set.of("type", "properties", "required", "description", "anyOf", "oneOf", "allOf");

  /** Limits of nested combinations: the depth, and the total number of alternatives. */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_BRANCHES = 1_000;

  /** Longer combinations are not copied to the description. */
  private static final int MAX_RULE = 4_000;

  /** The schema for a tool with these parameters; null if the tool has no parameters. */
  public static ToolSchema of(@Nullable JsonValue parameters) {
    if (parameters == null || parameters.members().isEmpty()) {
      return new ToolSchema(NO_PARAMETERS, false);
    }
    for (String combination : COMBINATIONS) {
      if (parameters.field(combination) != null) {
        return new ToolSchema(new Flattening(parameters).json(), true);
      }
    }
    JsonValue type = JsonFields.value(parameters, "type");
    if (type == null) {
      return new ToolSchema("{\"type\":\"object\"," + parameters.raw().substring(1), false);
    }
    return type.kind() == JsonValue.Kind.ARRAY
        ? new ToolSchema(new Flattening(parameters).json(), true)
        : new ToolSchema(parameters.raw(), false);
  }

  /** Whether all values of {@code schema} are objects, as a tool's input must be. */
  public static boolean isOfObject(JsonValue schema) {
    List<String> types = JsonFields.texts(schema, "type");
    return types.isEmpty()
        ? JsonFields.object(schema, "properties") != null
            || COMBINATIONS.stream().anyMatch(name -> schema.field(name) != null)
        : types.equals(List.of("object"));
  }

  /** The flattening of one schema. */
  private static final class Flattening {
    private final JsonValue root;
    private final Map<String, Set<String>> properties = new LinkedHashMap<>();
    private int branchesLeft = MAX_BRANCHES;

    Flattening(JsonValue root) {
      this.root = root;
      collect(root, 0);
    }

    private void collect(JsonValue schema, int depth) {
      JsonValue own = JsonFields.object(schema, "properties");
      if (own != null) {
        own.members()
            .forEach(property ->
                properties
                    .computeIfAbsent(property.name(), _ -> new LinkedHashSet<>())
                    .add(property.value().raw()));
      }
      for (String combination : COMBINATIONS) {
        branches(schema, combination, depth).forEach(branch -> collect(branch, depth + 1));
      }
    }

    private Set<String> required(JsonValue schema, int depth) {
      Set<String> required = new LinkedHashSet<>(JsonFields.texts(schema, "required"));
      for (JsonValue branch : branches(schema, "allOf", depth)) {
        required.addAll(required(branch, depth + 1));
      }
      for (String alternative : List.of("anyOf", "oneOf")) {
        Set<String> requiredByAll = null;
        for (JsonValue branch : branches(schema, alternative, depth)) {
          Set<String> requiredByThis = required(branch, depth + 1);
          if (requiredByAll == null) {
            requiredByAll = requiredByThis;
          } else {
            requiredByAll.retainAll(requiredByThis);
          }
        }
        required.addAll(requiredByAll == null ? Set.of() : requiredByAll);
      }
      return required;
    }

    private List<JsonValue> branches(JsonValue schema, String combination, int depth) {
      List<JsonValue> branches = new ArrayList<>();
      if (depth < MAX_DEPTH) {
        for (JsonValue branch : JsonFields.array(schema, combination)) {
          if (branchesLeft-- > 0) {
            branches.add(resolved(branch));
          }
        }
      }
      return branches;
    }

    /** The definition that a {@code $ref} into the same schema points to. */
    private JsonValue resolved(JsonValue branch) {
      String reference = JsonFields.text(branch, "$ref");
      JsonValue found = reference == null ? null : SchemaSupport.find(root, reference);
      return found == null ? branch : found;
    }

    String json() {
      return JsonWriter.value(this::write);
    }

    private void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("type", "object");
      String description = description();
      if (!description.isEmpty()) {
        out.writeStringProperty("description", description);
      }
      out.writeName("properties");
      out.writeStartObject();
      properties.forEach((name, schemas) -> writeProperty(out, name, schemas));
      out.writeEndObject();
      writeRequired(out);
      for (JsonValue.Member member : root.members()) {
        if (!REWRITTEN.contains(member.name())) {
          out.writeName(member.name());
          out.writeRawValue(member.value().raw());
        }
      }
      out.writeEndObject();
    }

    private static void writeProperty(JsonGenerator out, String name, Set<String> schemas) {
      out.writeName(name);
      out.writeRawValue(
          schemas.size() == 1
              ? schemas.iterator().next()
              : "{\"anyOf\":[" + String.join(",", schemas) + "]}");
    }

    private void writeRequired(JsonGenerator out) {
      branchesLeft = MAX_BRANCHES;
      Set<String> required = required(root, 0);
      required.retainAll(properties.keySet());
      if (!required.isEmpty()) {
        out.writeName("required");
        out.writeStartArray();
        required.forEach(out::writeString);
        out.writeEndArray();
      }
    }

    private String description() {
      List<String> sentences = new ArrayList<>();
      String own = JsonFields.text(root, "description");
      if (own != null) {
        sentences.add(own);
      }
      for (String combination : COMBINATIONS) {
        JsonValue rule = JsonFields.value(root, combination);
        if (rule != null && rule.end() - rule.start() <= MAX_RULE) {
          sentences.add("The input must match " + combination + ": " + rule.raw());
        }
      }
      return String.join("\n\n", sentences);
    }
  }
}
