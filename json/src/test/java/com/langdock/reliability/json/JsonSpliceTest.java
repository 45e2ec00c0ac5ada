package com.langdock.reliability.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonSpliceTest {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final int MAX_FIELDS = 6;

  @Test
  void returnsTheSameArrayWithoutEdits() throws MalformedJsonException {
    byte[] source = utf8("{\"a\" : 1}");
    assertThat(new JsonSplice(source).bytes()).isSameAs(source);
  }

  @Test
  void editsATextAtTheBeginningOfAnArray() throws MalformedJsonException {
    byte[] array = utf8("{\"a\":1,\"b\":2}}}}");
    JsonValue root = JsonValue.parse(array, 13, 10);
    assertThat(new JsonSplice(root).isEmpty()).isTrue();
    assertThat(new JsonSplice(root).bytes()).isEqualTo(utf8("{\"a\":1,\"b\":2}"));

    JsonSplice splice = new JsonSplice(root).put(root, "a", "100").remove(root, "c");
    byte[] out = new byte[splice.length()];
    splice.writeTo(out);

    assertThat(out).isEqualTo(utf8("{\"a\":100,\"b\":2}"));
    assertThat(splice.isEmpty()).isFalse();
    assertThat(splice.append(root, "d", "4").bytes())
        .isEqualTo(utf8("{\"a\":100,\"b\":2,\"d\":4}"));
    JsonValue last = Objects.requireNonNull(root.field("b"));
    assertThat(splice.replace(last, "3").bytes()).isEqualTo(utf8("{\"a\":100,\"b\":3,\"d\":4}"));
  }

  @Test
  void replacesAValueAndKeepsEveryOtherByte() throws MalformedJsonException {
    assertThat(
            edit("{ \"a\" : 1.0 ,\"b\":\"x\" }", (splice, root) -> splice.put(root, "b", "\"y\"")))
        .isEqualTo("{ \"a\" : 1.0 ,\"b\":\"y\" }");
  }

  @Test
  void removesFieldsWithTheirCommas() throws MalformedJsonException {
    String text = "{ \"a\":1, \"b\":2, \"c\":3 }";
    assertThat(removed(text, "a")).isEqualTo("{ \"b\":2, \"c\":3 }");
    assertThat(removed(text, "b")).isEqualTo("{ \"a\":1, \"c\":3 }");
    assertThat(removed(text, "c")).isEqualTo("{ \"a\":1, \"b\":2 }");
    assertThat(removed(text, "b", "a")).isEqualTo("{ \"c\":3 }");
    assertThat(removed(text, "c", "b")).isEqualTo("{ \"a\":1 }");
    assertThat(removed(text, "c", "a", "b")).isEqualTo("{  }");
    assertThat(removed(text, "none")).isEqualTo(text);
  }

  @Test
  void appendsToFullAndEmptyObjects() throws MalformedJsonException {
    assertThat(edit("{\"a\":1 }", (splice, root) -> splice.append(root, "b", "[2]")))
        .isEqualTo("{\"a\":1 ,\"b\":[2]}");
    assertThat(edit("{}", (splice, root) -> splice.append(root, "b", "2").append(root, "c", "3")))
        .isEqualTo("{\"b\":2,\"c\":3}");
  }

  @Test
  void removesElementsWithTheirCommas() throws MalformedJsonException {
    String text = "[ {}, 2 , [3] ]";
    assertThat(without(text, 0)).isEqualTo("[ 2 , [3] ]");
    assertThat(without(text, 1)).isEqualTo("[ {} , [3] ]");
    assertThat(without(text, 2)).isEqualTo("[ {}, 2 ]");
    assertThat(without(text, 0, 1)).isEqualTo("[ [3] ]");
    assertThat(without(text, 0, 2)).isEqualTo("[ 2 ]");
    assertThat(without(text, 0, 1, 2)).isEqualTo("[  ]");
  }

  private static String without(String array, int... indexes) throws MalformedJsonException {
    return edit(
        array,
        (splice, root) -> {
          for (int index : indexes) {
            splice.remove(root, index);
          }
        });
  }

  @Test
  void appendsToFullEmptyAndEmptiedArrays() throws MalformedJsonException {
    assertThat(edit("[1 ]", (splice, root) -> splice.append(root, "2").append(root, "3")))
        .isEqualTo("[1 ,2,3]");
    assertThat(edit("[]", (splice, root) -> splice.append(root, "2"))).isEqualTo("[2]");
    assertThat(edit("[1]", (splice, root) -> splice.remove(root, 0).append(root, "2")))
        .isEqualTo("[2]");
  }

  @Test
  void appendsACopyOfAValue() throws MalformedJsonException {
    assertThat(edit("{\"a\":[\"ä\"]}", JsonSpliceTest::copyAToBAndC))
        .isEqualTo("{\"a\":[\"ä\"],\"b\":[\"ä\"],\"c\":[\"ä\"],\"d\":2}");
  }

  private static void copyAToBAndC(JsonSplice splice, JsonValue root) {
    JsonValue a = Objects.requireNonNull(root.field("a"));
    splice.append(root, "b", a).append(root, "c", a).append(root, "\"d\":2");
  }

  @Test
  void equalsTheEditedTreeAndKeepsOtherSpellings() throws MalformedJsonException {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] source = utf8(randomObject(random, 0));
      JsonValue root = JsonValue.parse(source);
      Map<String, Boolean> edits = randomEdits(random);
      byte[] result = edited(source, root, edits);
      assertThat(TREES.readTree(result)).as("seed %d", seed).isEqualTo(editedTree(source, edits));
      JsonValue edited = JsonValue.parse(result);
      for (JsonValue.Member member : root.members()) {
        if (!edits.containsKey(member.name())) {
          assertThat(edited.field(member.name()))
              .as("seed %d", seed)
              .extracting(JsonValue::raw)
              .isEqualTo(member.value().raw());
        }
      }
    }
  }

  /** By name of the field: true puts a new value there, false removes it. */
  private static Map<String, Boolean> randomEdits(Random random) {
    Map<String, Boolean> edits = new LinkedHashMap<>();
    for (int field = 0; field < MAX_FIELDS + 2; field++) {
      if (random.nextInt(3) > 0) {
        edits.put("f" + field, random.nextBoolean());
      }
    }
    return edits;
  }

  private static byte[] edited(byte[] source, JsonValue root, Map<String, Boolean> edits) {
    JsonSplice splice = new JsonSplice(source);
    edits.forEach((name, put) -> {
      if (put) {
        splice.put(root, name, "{\"new\":[]}");
      } else {
        splice.remove(root, name);
      }
    });
    return splice.bytes();
  }

  private static ObjectNode editedTree(byte[] source, Map<String, Boolean> edits) {
    ObjectNode tree = (ObjectNode) TREES.readTree(source);
    edits.forEach((name, put) -> {
      if (put) {
        tree.putObject(name).putArray("new");
      } else {
        tree.remove(name);
      }
    });
    return tree;
  }

  /** With white space in every place, spellings that a writer would not choose, and nesting. */
  private static String randomObject(Random random, int depth) {
    StringBuilder object = new StringBuilder("{" + space(random));
    int fields = random.nextInt(MAX_FIELDS + 1);
    for (int i = 0; i < fields; i++) {
      String comma = i == 0 ? "" : "," + space(random);
      object.append(comma).append("\"f").append(i).append('"').append(space(random)).append(':');
      object.append(space(random)).append(randomValue(random, depth)).append(space(random));
    }
    return object + "}";
  }

  private static String randomValue(Random random, int depth) {
    return switch (random.nextInt(depth < 2 ? 6 : 4)) {
      case 0 -> "1.50e+3";
      case 1 -> "\"v,}\\\"\\u00e4\\/\"";
      case 2 -> "\"ü😀]{\"";
      case 3 -> "null";
      case 4 -> "[" + space(random) + "true , " + randomValue(random, depth + 1) + "]";
      default -> randomObject(random, depth + 1);
    };
  }

  private static String space(Random random) {
    return List.of("", "", " ", "\n\t").get(random.nextInt(4));
  }

  private interface Editing {
    void edit(JsonSplice splice, JsonValue root);
  }

  private static String removed(String text, String... names) throws MalformedJsonException {
    return edit(
        text,
        (splice, root) -> {
          for (String name : names) {
            splice.remove(root, name);
          }
        });
  }

  private static String edit(String text, Editing editing) throws MalformedJsonException {
    byte[] source = utf8(text);
    JsonSplice splice = new JsonSplice(source);
    editing.edit(splice, JsonValue.parse(source));
    return new String(splice.bytes(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
