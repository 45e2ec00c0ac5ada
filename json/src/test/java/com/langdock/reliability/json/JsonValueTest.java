package com.langdock.reliability.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class JsonValueTest {
  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1.50e+3 , \"b\":[ 1,2 , {\"c\":null} ],\"d\\u0041\":\"ä\\n😀\",\"e\":{}}",
        " [ true , false,null , \"x\" , -0.0 , 12345678901234567890 ] ",
        "42",
        "  -1.5E10\n",
        "\"lone\"",
        "true"
      })
  void everyValueKnowsWhereItStands(String text) throws MalformedJsonException {
    JsonValue root = parse(text);
    assertThat(root.raw()).isEqualTo(text.strip());
    assertStands(root);
  }

  private static void assertStands(JsonValue value) throws MalformedJsonException {
    assertThat(parse(value.raw()).kind()).isEqualTo(value.kind());
    assertThat(value.raw()).isEqualTo(value.raw().strip());
    for (JsonValue element : value.elements()) {
      assertStands(element);
    }
    for (JsonValue.Member member : value.members()) {
      assertThat(value.source()[member.nameStart()]).isEqualTo((byte) '"');
      assertStands(member.value());
    }
  }

  @Test
  void mayEndBeforeItsArray() throws MalformedJsonException {
    byte[] array = "{\"a\":\"bcdefghijklmnop\"}\"x".getBytes(StandardCharsets.UTF_8);
    assertThat(at(JsonValue.parse(array, 23, 10), "a").text()).isEqualTo("bcdefghijklmnop");
    assertThatThrownBy(() -> JsonValue.parse(array, 22, 10))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonValue.parse(array, 10, 10))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void cannotBeReadOnceItsArrayIsUsedForSomethingElse() throws MalformedJsonException {
    JsonValue root = parse("{\"a\":[1,2]}");
    JsonValue inner = at(root, "a");
    root.detach();

    assertThatThrownBy(() -> root.field("a")).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(inner::raw).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> inner.elements().getFirst())
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void numbersKeepTheirSpelling() throws MalformedJsonException {
    JsonValue root = parse("{\"t\":1.0,\"n\":1e2,\"big\":123456789012345678901234567890}");
    assertThat(at(root, "t").raw()).isEqualTo("1.0");
    assertThat(at(root, "t").integer()).hasValue(1);
    assertThat(at(root, "n").integer()).hasValue(100);
    assertThat(at(root, "big").integer()).isEmpty();
    assertThat(parse("0.5").integer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9007199254740993, 9007199254740993",
    "1234567890123456789, 1234567890123456789",
    "9223372036854775808,",
    "1e18, 1000000000000000000",
    "-0, 0",
    "1.50,",
    "1e-1,",
    "1e99999999999,",
    "1e999999999,"
  })
  void wholeNumbersAreExactOrNone(String text, @Nullable Long value) throws MalformedJsonException {
    OptionalLong expected = value == null ? OptionalLong.empty() : OptionalLong.of(value);
    assertThat(parse(text).integer()).isEqualTo(expected);
  }

  @Test
  void sizeCountsElementsOfArraysOnly() throws MalformedJsonException {
    assertThat(parse("[]").size()).isZero();
    assertThat(parse("[1,[2,3],{\"a\":4}]").size()).isEqualTo(3);
    assertThat(parse("{\"a\":1}").size()).isZero();
  }

  @Test
  void decodesStringsOnAccess() throws MalformedJsonException {
    JsonValue root = parse("{\"s\":\"a\\u00e4\\\"\\ud83d\\ude00\"}");
    assertThat(at(root, "s").text()).isEqualTo("aä\"😀");
    assertThat(at(root, "s").raw()).isEqualTo("\"a\\u00e4\\\"\\ud83d\\ude00\"");
  }

  @Test
  void usesTheLastOfRepeatedNestedFields() throws MalformedJsonException {
    assertThat(at(at(parse("{\"o\":{\"a\":1,\"a\":2}}"), "o"), "a").raw()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "[1,]",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1,\"a\":2}",
        "// c\n{}",
        "\uFEFF{}"
      })
  void refusesWhatIsNotStrictJson(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void rejectsOtherEncodings() {
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
    assertMalformed(new byte[] {'"', (byte) 0xC3, '"'});
    assertMalformed(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0x80, '"', '}'});
  }

  @Test
  void rejectsDeepNesting() throws MalformedJsonException {
    String allowed = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);
    assertThat(parse(allowed).kind()).isEqualTo(JsonValue.Kind.ARRAY);
    assertMalformed(("[" + allowed + "]").getBytes(StandardCharsets.UTF_8));
    assertMalformed("[".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rejectsTooManyValues() throws MalformedJsonException {
    String allowed = "[" + "1,".repeat(JsonTape.MAX_ENTRIES - 2) + "1]";
    assertThat(parse(allowed).size()).isEqualTo(JsonTape.MAX_ENTRIES - 1);
    assertMalformed(allowed.replace("[", "[1,").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void limitsValuesAsTheCallerAsks() throws MalformedJsonException {
    byte[] text = "[1,2,[]]".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonValue.parse(text, 4).size()).isEqualTo(3);
    assertThatThrownBy(() -> JsonValue.parse(text, 3)).hasMessageContaining("too many values");
  }

  @Test
  void countsFieldsWithoutMakingThem() throws MalformedJsonException {
    assertThat(parse("{\"a\":1,\"b\":{\"c\":2}}").fieldCount()).isEqualTo(2);
    assertThat(parse("[1]").fieldCount()).isZero();
    assertThat(parse("{}").isEmpty()).isTrue();
    assertThat(parse("[0]").isEmpty()).isFalse();
  }

  @Test
  void rejectsTooManyFields() throws MalformedJsonException {
    String allowed = objectOf(JsonScanner.MAX_FIELDS);
    assertThat(parse(allowed).members()).hasSize(JsonScanner.MAX_FIELDS);
    assertMalformed(objectOf(JsonScanner.MAX_FIELDS + 1).getBytes(StandardCharsets.UTF_8));
  }

  private static String objectOf(int fields) {
    return IntStream.range(0, fields)
        .mapToObj(i -> "\"" + i + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void aHugeStringCostsNoCopy() throws MalformedJsonException {
    byte[] body = new byte[32 * 1024 * 1024];
    Arrays.fill(body, (byte) 'x');
    byte[] head = "{\"m\":\"".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, body, 0, head.length);
    body[body.length - 2] = '"';
    body[body.length - 1] = '}';
    assertThat(at(JsonValue.parse(body), "m").end()).isEqualTo(body.length - 1);
  }

  @Test
  void agreesWithTheLibraryOnRandomTexts() {
    byte[] alphabet =
        "{}[]\",:\\ue0123456789-+.truefalsn \n\u00e4".getBytes(StandardCharsets.UTF_8);
    List<String> pieces =
        List.of("{\"a\":", "[", "]", "}", ",", "\"\\u00", "1", "true", "null", "e5");
    int texts = 0;
    int malformed = 0;
    for (int seed = 0; seed < 100_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append(
            random.nextInt(3) == 0
                ? pieces.get(random.nextInt(pieces.size()))
                : new String(
                    alphabet, random.nextInt(alphabet.length), 1, StandardCharsets.ISO_8859_1));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(isMalformed(bytes)).as("seed %d: %s", seed, text).isEqualTo(isRefused(bytes));
      malformed += isMalformed(bytes) ? 1 : 0;
      texts++;
    }
    assertThat(malformed).isBetween(1, texts - 1);
  }

  private static boolean isMalformed(byte[] bytes) {
    try {
      assertStands(JsonValue.parse(bytes));
      return false;
    } catch (MalformedJsonException expected) {
      return true;
    }
  }

  private static boolean isRefused(byte[] bytes) {
    try {
      return TREES.readTree(bytes).isMissingNode();
    } catch (JacksonException refused) {
      return true;
    }
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> JsonValue.parse(bytes)).isInstanceOf(MalformedJsonException.class);
  }

  private static JsonValue parse(String text) throws MalformedJsonException {
    return JsonValue.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonValue at(JsonValue object, String name) {
    return Objects.requireNonNull(object.field(name));
  }
}
