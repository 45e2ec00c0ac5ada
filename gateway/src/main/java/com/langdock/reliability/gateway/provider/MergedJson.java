package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JSON object merged from the deltas of a stream.
 *
 * <p>Text fields are concatenated. Objects are merged field by field. Array elements with an index
 * are merged by that index, which the result omits; other elements are appended. Of any other value
 * the last one counts; null only if there is no other.
 */
public final class MergedJson {
  private static final Set<String> CONCATENATED =
      Set.of(
          "content",
          "refusal",
          "reasoning",
          "reasoning_content",
          "thinking",
          "text",
          "arguments",
          "transcript",
          "data");

  /** Values by name. */
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private record MergedArray(Map<Long, MergedJson> byIndex, List<String> others) {}

  /** Merges the fields of {@code object} except those named in {@code except}. */
  public void merge(JsonValue object, Set<String> except) {
    for (JsonValue.Member member : object.members()) {
      if (!except.contains(member.name())) {
        merge(member.name(), member.value());
      }
    }
  }

  /** Sets the field {@code name}, replacing its value. */
  public void put(String name, String literal) {
    fields.put(name, literal);
  }

  private void merge(String name, JsonValue value) {
    switch (value.kind()) {
      case NULL -> fields.putIfAbsent(name, "null");
      case OBJECT -> in(name, MergedJson.class, new MergedJson()).merge(value, Set.of());
      case ARRAY -> {
        MergedArray array =
            in(name, MergedArray.class, new MergedArray(new TreeMap<>(), new ArrayList<>()));
        value.elements().forEach(element -> add(array, element));
      }
      case STRING -> text(name, value);
      case NUMBER, BOOLEAN -> fields.put(name, value.raw());
    }
  }

  private void text(String name, JsonValue value) {
    if (CONCATENATED.contains(name)) {
      in(name, StringBuilder.class, new StringBuilder()).append(value.text());
    } else if (!value.text().isEmpty() || !fields.containsKey(name)) {
      fields.put(name, value.raw());
    }
  }

  private static void add(MergedArray array, JsonValue element) {
    if (JsonFields.number(element, "index") == null) {
      array.others().add(element.raw());
    } else {
      array
          .byIndex()
          .computeIfAbsent(JsonFields.count(element, "index"), index -> new MergedJson())
          .merge(element, Set.of("index"));
    }
  }

  /** The field's value; replaced by {@code fresh} if it has another type. */
  private <T> T in(String name, Class<T> kind, T fresh) {
    Object present = fields.get(name);
    if (kind.isInstance(present)) {
      return kind.cast(present);
    }
    fields.put(name, fresh);
    return fresh;
  }

  private static String literal(Object value) {
    return switch (value) {
      case StringBuilder text -> JsonText.quote(text.toString());
      case MergedArray array -> {
        List<String> elements = new ArrayList<>();
        array.byIndex().values().forEach(element -> elements.add(element.toString()));
        elements.addAll(array.others());
        yield "[" + String.join(",", elements) + "]";
      }
      default -> value.toString();
    };
  }

  /** The object as JSON. */
  @Override
  public String toString() {
    List<String> members = new ArrayList<>();
    fields.forEach((name, value) -> members.add(JsonText.quote(name) + ":" + literal(value)));
    return "{" + String.join(",", members) + "}";
  }
}
