package com.langdock.reliability.gateway.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits a JSON text without writing the rest of it anew: values are replaced, fields removed and
 * appended, and every other byte stays.
 *
 * <p>A field is edited once: not put and removed, not put twice, and not inside another value that
 * is edited.
 */
public final class JsonSplice {
  private record Edit(int from, int to, String by) {}

  private record Fields(BitSet removed, List<String> appended) {}

  private final byte[] source;
  private final List<Edit> replaced = new ArrayList<>();
  private final Map<JsonValue, Fields> objects = new LinkedHashMap<>();

  /** No edits of {@code source} yet. */
  public JsonSplice(byte[] source) {
    this.source = source;
  }

  /** Writes {@code literal}, which must be JSON, where {@code value} stands. */
  public JsonSplice replace(JsonValue value, String literal) {
    replaced.add(new Edit(value.start(), value.end(), literal));
    return this;
  }

  /** Adds a field at the end of {@code object}. */
  public JsonSplice append(JsonValue object, String name, String literal) {
    fields(object).appended().add(JsonText.quote(name) + ":" + literal);
    return this;
  }

  /** Gives {@code object} a field, in the place of the one of that name where it has one. */
  public JsonSplice put(JsonValue object, String name, String literal) {
    JsonValue present = object.field(name);
    return present == null ? append(object, name, literal) : replace(present, literal);
  }

  /** Takes the field {@code name} out of {@code object}; nothing happens where it has none. */
  public JsonSplice remove(JsonValue object, String name) {
    List<JsonValue.Member> members = object.members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        fields(object).removed().set(i);
      }
    }
    return this;
  }

  /** The edited text; the very bytes given when nothing was edited. */
  public byte[] bytes() {
    List<Edit> edits = new ArrayList<>(replaced);
    objects.forEach((object, fields) -> addEdits(object, fields, edits));
    if (edits.isEmpty()) {
      return source;
    }
    edits.sort(Comparator.comparingInt(Edit::from));
    ByteArrayOutputStream out = new ByteArrayOutputStream(source.length + 512);
    int at = 0;
    for (Edit edit : edits) {
      out.write(source, at, edit.from() - at);
      out.writeBytes(edit.by().getBytes(StandardCharsets.UTF_8));
      at = edit.to();
    }
    out.write(source, at, source.length - at);
    return out.toByteArray();
  }

  private Fields fields(JsonValue object) {
    return objects.computeIfAbsent(object, fresh -> new Fields(new BitSet(), new ArrayList<>()));
  }

  private static void addEdits(JsonValue object, Fields fields, List<Edit> edits) {
    List<JsonValue.Member> members = object.members();
    BitSet removed = fields.removed();
    for (int first = removed.nextSetBit(0); first >= 0; ) {
      int end = removed.nextClearBit(first);
      edits.add(removal(members, first, end));
      first = removed.nextSetBit(end);
    }
    if (!fields.appended().isEmpty()) {
      boolean alone = removed.cardinality() == members.size();
      int brace = object.end() - 1;
      edits.add(new Edit(brace, brace, (alone ? "" : ",") + String.join(",", fields.appended())));
    }
  }

  /** Neighbours go together, with the comma before them, or for the first with the one after. */
  private static Edit removal(List<JsonValue.Member> members, int first, int end) {
    if (first > 0) {
      return new Edit(members.get(first - 1).value().end(), members.get(end - 1).value().end(), "");
    }
    int to =
        end < members.size() ? members.get(end).nameStart() : members.get(end - 1).value().end();
    return new Edit(members.get(first).nameStart(), to, "");
  }
}
