package com.langdock.reliability.gateway.provider.openai;

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
 * An object that is merged from the deltas of a stream.
 *
 * <p>Text that comes in pieces is joined, objects are merged field by field, elements of arrays
 * that have an index by that index (which the whole answer leaves out), other elements are
 * appended; of everything else the last value counts, null only where there is no other.
 */
final class MergedJson {
  private static final Set<String> IN_PIECES =
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

  /** Literals, {@link StringBuilder}s, {@link MergedJson}s and {@link MergedArray}s by name. */
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private record MergedArray(Map<Long, MergedJson> byIndex, List<String> others) {}

  /** Merges the fields of {@code object}, but those named {@code except}. */
  void merge(JsonValue object, Set<String> except) {
    for (JsonValue.Member member : object.members()) {
      if (!except.contains(member.name())) {
        merge(member.name(), member.value());
      }
    }
  }

  /** The field {@code name} in place of what it was. */
  void put(String name, String literal) {
    fields.put(name, literal);
  }

  /** The field {@code name} as a literal, {@code null} when there is none. */
  String literal(String name) {
    Object value = fields.get(name);
    return value == null ? "null" : literal(value);
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
    if (IN_PIECES.contains(name)) {
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

  /** What the field holds, replaced by {@code fresh} where that is of another kind. */
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
