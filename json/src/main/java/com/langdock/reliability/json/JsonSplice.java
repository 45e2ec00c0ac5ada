package com.langdock.reliability.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Edits a JSON text in place: values are replaced, fields and elements removed and appended, and
 * all other bytes are kept.
 *
 * <p>Each value may be edited once, and not inside another that is replaced or removed.
 */
public final class JsonSplice {
  /** Receives the edited text in parts. */
  public interface Output {
    /** Adds {@code length} bytes of {@code source} from {@code offset} on. */
    void write(byte[] source, int offset, int length);
  }

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
   * The edits of one object's fields or one array's elements.
   *
   * @param removed their numbers
   * @param appended the text added to the end; it begins with a comma
   */
  private record Inner(BitSet removed, List<Slice> appended) {
    Inner() {
      this(new BitSet(), new ArrayList<>());
    }
  }

  /** The place of a field with its name, or of an element. */
  private record Span(int start, int end) {}

  private final byte[] source;
  private final int length;
  private final List<Edit> replaced = new ArrayList<>();
  private Map<JsonValue, Inner> containers = Map.of(); // most texts need no edit

  /** All edits in their order, null if there may be others since. */
  private @Nullable List<Edit> ordered;

  /** No edits of {@code source} yet. */
  public JsonSplice(byte[] source) {
    this.source = source;
    this.length = source.length;
  }

  /** No edits yet of the text whose outermost value is {@code root}. */
  public JsonSplice(JsonValue root) {
    this.source = root.source();
    this.length = root.sourceLength();
  }

  /** Replaces {@code value} with {@code literal}, which must be JSON. */
  public JsonSplice replace(JsonValue value, String literal) {
    return replace(value, Slice.of(literal));
  }

  private JsonSplice replace(JsonValue value, Slice by) {
    ordered = null;
    replaced.add(new Edit(value.start(), value.end(), by));
    return this;
  }

  /** Adds {@code json}, which ends with a comma, before an element of an array. */
  public JsonSplice insertBefore(JsonValue element, String json) {
    ordered = null;
    replaced.add(new Edit(element.start(), element.start(), Slice.of(json)));
    return this;
  }

  /** Adds a field at the end of {@code object}. */
  public JsonSplice append(JsonValue object, String name, String literal) {
    inner(object).appended().add(Slice.of(',' + JsonText.quote(name) + ':' + literal));
    return this;
  }

  /** Adds a copy of {@code value} at the end of {@code object}. */
  public JsonSplice append(JsonValue object, String name, JsonValue value) {
    append(object, name, "");
    inner(object).appended().add(Slice.of(value));
    return this;
  }

  /**
   * Adds {@code json} at the end of {@code container}: an array's elements or an object's fields.
   */
  public JsonSplice append(JsonValue container, String json) {
    inner(container).appended().add(Slice.of(',' + json));
    return this;
  }

  /** Sets a field of {@code object}, replacing the one of that name if it exists. */
  public JsonSplice put(JsonValue object, String name, String literal) {
    JsonValue present = object.field(name);
    return present == null ? append(object, name, literal) : replace(present, literal);
  }

  /** Removes the field {@code name} from {@code object}, if it exists. */
  public JsonSplice remove(JsonValue object, String name) {
    if (object.field(name) == null) {
      return this;
    }
    List<JsonValue.Member> members = object.members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        inner(object).removed().set(i);
      }
    }
    return this;
  }

  /** Removes the element number {@code index} from {@code array}. */
  public JsonSplice remove(JsonValue array, int index) {
    inner(array).removed().set(index);
    return this;
  }

  /** The edited text; the original array if nothing was edited and it has nothing else. */
  public byte[] bytes() {
    if (isEmpty() && source.length == length) {
      return source;
    }
    byte[] out = new byte[length()];
    writeTo(out);
    return out;
  }

  /** Whether nothing was edited. */
  public boolean isEmpty() {
    return edits().isEmpty();
  }

  /** The length of the edited text in bytes. */
  public int length() {
    int edited = length;
    for (Edit edit : edits()) {
      edited += edit.growth();
    }
    return edited;
  }

  /** Writes the edited text to the beginning of {@code out}, which has room for it. */
  public void writeTo(byte[] out) {
    writeTo(
        new Output() {
          private int at;

          @Override
          public void write(byte[] part, int offset, int size) {
            System.arraycopy(part, offset, out, at, size);
            at += size;
          }
        });
  }

  /** Writes the edited text in parts. */
  public void writeTo(Output out) {
    int from = 0;
    for (Edit edit : edits()) {
      out.write(source, from, edit.from() - from);
      Slice by = edit.by();
      out.write(by.source(), by.start(), by.length());
      from = edit.to();
    }
    out.write(source, from, length - from);
  }

  private List<Edit> edits() {
    if (replaced.isEmpty() && containers.isEmpty()) {
      return List.of();
    }
    List<Edit> known = ordered;
    if (known == null) {
      List<Edit> edits = new ArrayList<>(replaced);
      containers.forEach((container, inner) -> addEdits(container, inner, edits));
      edits.sort(Comparator.comparingInt(Edit::from));
      known = edits;
      ordered = known;
    }
    return known;
  }

  private Inner inner(JsonValue container) {
    ordered = null;
    if (containers.isEmpty()) {
      containers = new LinkedHashMap<>();
    }
    return containers.computeIfAbsent(container, fresh -> new Inner());
  }

  private static void addEdits(JsonValue container, Inner inner, List<Edit> edits) {
    boolean isEmptied = container.isEmpty();
    if (!inner.removed().isEmpty()) {
      List<Span> spans = spans(container);
      addRemovals(spans, inner.removed(), edits);
      isEmptied = inner.removed().cardinality() == spans.size();
    }
    int close = container.end() - 1;
    for (Slice appended : inner.appended()) {
      edits.add(new Edit(close, close, isEmptied ? appended.withoutFirst() : appended));
      isEmptied = false;
    }
  }

  private static List<Span> spans(JsonValue container) {
    return container.kind() == JsonValue.Kind.ARRAY
        ? container.elements().stream()
            .map(element -> new Span(element.start(), element.end()))
            .toList()
        : container.members().stream()
            .map(member -> new Span(member.nameStart(), member.value().end()))
            .toList();
  }

  private static void addRemovals(List<Span> spans, BitSet removed, List<Edit> edits) {
    for (int first = removed.nextSetBit(0); first >= 0; ) {
      int end = removed.nextClearBit(first);
      edits.add(removal(spans, first, end));
      first = removed.nextSetBit(end);
    }
  }

  /** Removes neighbours together, with the comma before them, or after the first one. */
  private static Edit removal(List<Span> spans, int first, int end) {
    int last = spans.get(end - 1).end();
    if (first > 0) {
      return new Edit(spans.get(first - 1).end(), last, Slice.EMPTY);
    }
    int to = end < spans.size() ? spans.get(end).start() : last;
    return new Edit(spans.get(first).start(), to, Slice.EMPTY);
  }
}
