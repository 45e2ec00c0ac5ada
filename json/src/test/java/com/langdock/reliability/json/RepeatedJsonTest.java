package com.langdock.reliability.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedJsonTest {
  private static final String CHUNK = "{\"id\":\"1\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\"}";

  private final RepeatedJson chunk = repeated(CHUNK, "pad");

  private static RepeatedJson repeated(String json, @Nullable String padding) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(json.getBytes(UTF_8)));
    JsonValue text = Objects.requireNonNull(JsonFields.object(root, "delta")).field("text");
    return new RepeatedJson(
        json.getBytes(UTF_8),
        Objects.requireNonNull(text),
        padding == null ? null : root.field(padding));
  }

  private @Nullable String in(String other) {
    JsonString found = chunk.in(other.getBytes(UTF_8));
    return found == null ? null : found.text();
  }

  @Test
  void findsAnotherStringInItsPlace() {
    assertThat(in(CHUNK.replace("one", "one, two"))).isEqualTo("one, two");
    assertThat(in(CHUNK.replace("one", ""))).isEmpty();
    assertThat(in(CHUNK.replace("one", "\\u00e9\\n\\\"ü𝄞"))).isEqualTo("é\n\"ü𝄞");
  }

  @Test
  void ignoresThePadding() {
    assertThat(in(CHUNK.replace("xx", "abc \\\" def"))).isEqualTo("one");
    assertThat(in(CHUNK.replace("\"xx\"}", "\"\"    }"))).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{'n':7;'text':'b'}, b",
        "{'n':12345;'text':'b'}, b",
        "{'n':0;'text':''}, ``",
        "{'n':07;'text':'b'},",
        "{'n':;'text':'b'},",
        "{'n':7.5;'text':'b'},",
        "{'n':'7';'text':'b'},",
        "{'n':7;'text':'b';'x':1},"
      })
  void ignoresTheCounter(String other, @Nullable String expected) {
    byte[] json = "{\"n\":1,\"text\":\"a\"}".getBytes(UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    RepeatedJson counted =
        new RepeatedJson(json, Objects.requireNonNull(root.field("text")), null, root.field("n"));

    JsonString found = counted.in(other.replace('\'', '"').replace(';', ',').getBytes(UTF_8));

    assertThat(found == null ? null : found.text()).isEqualTo(expected);
  }

  @Test
  void findsTheStringAfterThePaddingToo() {
    RepeatedJson padded = repeated("{\"pad\":\"xx\",\"delta\":{\"text\":\"one\"}}", "pad");

    JsonString found = padded.in("{\"pad\":\"y\",\"delta\":{\"text\":\"two\"} }".getBytes(UTF_8));

    assertThat(Objects.requireNonNull(found).raw()).isEqualTo("\"two\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"2\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":null},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\",\"more\":1},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\",\"more\":1}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\"",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\"}}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\"},\"pad\":\"xx\"]",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"\\x\"},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"\t\"},\"pad\":\"xx\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\"one\"}",
        "{\"id\":\"1\",\"delta\":{\"text\":\""
      })
  void refusesATextThatDiffersElsewhere(String other) {
    assertThat(in(other)).isNull();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] other = CHUNK.getBytes(UTF_8);
    other[CHUNK.indexOf("one")] = (byte) 0xC3;

    assertThat(chunk.in(other)).isNull();
  }

  /** Whatever is accepted is what a scan finds. */
  @Test
  void agreesWithAScanOfAnyDamagedText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] other = CHUNK.replace("one", "o\\nü e").getBytes(UTF_8);
      for (int damages = random.nextInt(3); damages > 0; damages--) {
        other[random.nextInt(other.length)] =
            "{}[]\"\\,: ox\u00e9".getBytes(UTF_8)[random.nextInt(13)];
      }
      JsonString found = chunk.in(other);
      if (found != null) {
        JsonValue root = Objects.requireNonNull(JsonBody.json(other), "seed " + seed);
        assertThat(JsonFields.text(JsonFields.object(root, "delta"), "text"))
            .as("seed %d", seed)
            .isEqualTo(found.text());
        assertThat(JsonFields.text(root, "id")).isEqualTo("1");
      }
    }
  }
}
