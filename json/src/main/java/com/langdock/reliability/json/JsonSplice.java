package com.langdock.reliability.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits a JSON text in place: values are replaced, fields removed and appended, and all other bytes
 * are kept.
 *
 * <p>Each field may be edited once, and not inside another edited value.
 */
public final class JsonSplice {
  /** The bytes of {@code source} from {@code start} to {@code end}, exclusive. */
  private record Slice(byte[] source, int start, int end) {
    static final Slice EMPTY = of("");

    static Slice of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Slice(bytes, 0, bytes.length);
    }

    static Slice of(JsonValue value) {
      return new Slice(value.source(), value.start(), value.end());
    }

    Slice withoutFirst() {
      return new Slice(source, start + 1, end);
    }

    int length() {
      return end - start;
    }
  }

  private record Edit(int from, int to, Slice by) {
    int growth() {
      return by.length() - (to - from);
    }
  }

  /**
   * The edits of one object's fields.
   *
   * @param appended the text added to its end; it begins with a comma
   */
  private record Fields(BitSet removed, List<Slice> appended) {
    Fields() {
      this(new BitSet(), new ArrayList<>());
    }
  }

  private final byte[] source;
  private final List<Edit> replaced = new ArrayList<>();
  private final Map<JsonValue, Fields> objects = new LinkedHashMap<>();

  /** No edits of {@code source} yet. */
  public JsonSplice(byte[] source) {
    this.source = source;
  }

  /** Replaces {@code value} with {@code literal}, which must be JSON. */
  public JsonSplice replace(JsonValue value, String literal) {
    return replace(value, Slice.of(literal));
  }

  private JsonSplice replace(JsonValue value, Slice by) {
    replaced.add(new Edit(value.start(), value.end(), by));
    return this;
  }

  /** Adds a field at the end of {@code object}. */
  public JsonSplice append(JsonValue object, String name, String literal) {
    fields(object).appended().add(Slice.of(',' + JsonText.quote(name) + ':' + literal));
    return this;
  }

  /** Sets a field of {@code object}, replacing the one of that name if it exists. */
  public JsonSplice put(JsonValue object, String name, String literal) {
    JsonValue present = object.field(name);
    return present == null ? append(object, name, literal) : replace(present, literal);
  }

  /** Sets a field of {@code object} to a copy of {@code value}. */
  public JsonSplice put(JsonValue object, String name, JsonValue value) {
    JsonValue present = object.field(name);
    if (present != null) {
      return replace(present, Slice.of(value));
    }
    append(object, name, "");
    fields(object).appended().add(Slice.of(value));
    return this;
  }

  /** Removes the field {@code name} from {@code object}, if it exists. */
  public JsonSplice remove(JsonValue object, String name) {
    if (object.field(name) == null) {
      return this;
    }
    List<JsonValue.Member> members = object.members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        fields(object).removed().set(i);
      }
    }
    return this;
  }

  /** The edited text; the original array if nothing was edited. */
  public byte[] bytes() {
    List<Edit> edits = new ArrayList<>();
    edits.addAll(replaced);
    objects.forEach((object, fields) -> addEdits(object, fields, edits));
    return edits.isEmpty() ? source : edited(edits);
  }

  private byte[] edited(List<Edit> edits) {
    edits.sort(Comparator.comparingInt(Edit::from));
    int length = source.length;
    for (Edit edit : edits) {
      length += edit.growth();
    }
    byte[] out = new byte[length];
    int from = 0;
    int to = 0;
    for (Edit edit : edits) {
      int kept = edit.from() - from;
      System.arraycopy(source, from, out, to, kept);
      Slice by = edit.by();
      System.arraycopy(by.source(), by.start(), out, to + kept, by.length());
      to += kept + by.length();
      from = edit.to();
    }
    System.arraycopy(source, from, out, to, source.length - from);
    return out;
  }

  private Fields fields(JsonValue object) {
    return objects.computeIfAbsent(object, fresh -> new Fields());
  }

  private static void addEdits(JsonValue object, Fields fields, List<Edit> edits) {
    boolean isEmptied = object.isEmpty();
    if (!fields.removed().isEmpty()) {
      List<JsonValue.Member> members = object.members();
      addRemovals(members, fields.removed(), edits);
      isEmptied = fields.removed().cardinality() == members.size();
    }
    int brace = object.end() - 1;
    for (Slice appended : fields.appended()) {
      edits.add(new Edit(brace, brace, isEmptied ? appended.withoutFirst() : appended));
      isEmptied = false;
    }
  }

  private static void addRemovals(
      List<JsonValue.Member> members, BitSet removed, List<Edit> edits) {
    for (int first = removed.nextSetBit(0); first >= 0; ) {
      int end = removed.nextClearBit(first);
      edits.add(removal(members, first, end));
      first = removed.nextSetBit(end);
    }
  }

  /** Removes neighbours together, with the comma before them, or after the first one. */
  private static Edit removal(List<JsonValue.Member> members, int first, int end) {
    if (first > 0) {
      int before = members.get(first - 1).value().end();
      return new Edit(before, members.get(end - 1).value().end(), Slice.EMPTY);
    }
    int to =
        end < members.size() ? members.get(end).nameStart() : members.get(end - 1).value().end();
    return new Edit(members.get(first).nameStart(), to, Slice.EMPTY);
  }
}
