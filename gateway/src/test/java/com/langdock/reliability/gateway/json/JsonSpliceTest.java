package com.langdock.reliability.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonSpliceTest {
  private static final ObjectMapper TREES = new ObjectMapper();

  @Test
  void nothingEditedIsTheSameArray() throws MalformedJsonException {
    byte[] source = utf8("{\"a\" : 1}");
    assertThat(new JsonSplice(source).bytes()).isSameAs(source);
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
  void equalsTheTreeEditedInTheSameWay() throws MalformedJsonException {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      ObjectNode tree = TREES.createObjectNode();
      int fields = random.nextInt(6);
      for (int i = 0; i < fields; i++) {
        tree.put("f" + i, random.nextBoolean() ? "v,}\"" + i : "ü" + random.nextInt());
      }
      byte[] source = TREES.writeValueAsBytes(tree);
      JsonValue root = JsonValue.parse(source);
      JsonSplice splice = new JsonSplice(source);
      for (int edit = 0; edit < 5; edit++) {
        String name = "f" + edit;
        switch (random.nextInt(3)) {
          case 0 -> {
            splice.remove(root, name);
            tree.remove(name);
          }
          case 1 -> {
            splice.put(root, name, "{\"new\":" + edit + "}");
            tree.putObject(name).put("new", edit);
          }
          default -> {
            splice.put(root, "g" + edit, "null");
            tree.putNull("g" + edit);
          }
        }
      }
      assertThat(TREES.readTree(splice.bytes())).as("seed %d", seed).isEqualTo(tree);
    }
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
