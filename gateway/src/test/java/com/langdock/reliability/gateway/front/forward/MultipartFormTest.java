package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=b";
  private static final String FILE =
      "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\\\"b.wav\"|"
          + "Content-Type: audio/wav||\0|--a|\u00ff|";
  private static final String MODEL = "--b|content-disposition: form-data; name=model||m|";
  private static final String OWN = "--b|Content-Disposition: form-data; name=\"client_id\"||me|";
  private static final String END = "--b--|";

  /** The bytes of {@code text}, in which a bar is the end of a line. */
  private static byte[] bytes(String text) {
    return text.replace("|", "\r\n").getBytes(ISO_8859_1);
  }

  private static @Nullable MultipartForm parse(String body, String type) {
    return MultipartForm.parse(bytes(body), type);
  }

  private static MultipartForm form(String body) {
    return Objects.requireNonNull(parse(body, TYPE), body);
  }

  private static String with(String body, String model) {
    byte[] sent = form(body).with("model", model, Set.of("client_id"));
    return new String(sent, ISO_8859_1).replace("\r\n", "|");
  }

  @Test
  void findsThePartsBetweenTheBoundaries() {
    MultipartForm form = form(FILE + MODEL + END);

    assertThat(form.parts()).extracting(FormPart::name).containsExactly("file", "model");
    assertThat(form.parts()).extracting(FormPart::isFile).containsExactly(true, false);
    assertThat(form.parts().getFirst().size()).isEqualTo("\0\r\n--a\r\n\u00ff".length());
    assertThat(form.text(form.parts().getLast())).isEqualTo("m");
  }

  @Test
  void replacesTheModelWhereverItIsAndKeepsAllOtherBytes() {
    assertThat(with(FILE + MODEL + END, "whisper")).isEqualTo(with(FILE, MODEL, "whisper", END));
    assertThat(with(MODEL + FILE + END, "x")).isEqualTo(MODEL.replace("||m", "||x") + FILE + END);
  }

  private static String with(String before, String model, String name, String after) {
    return before + model.replace("||m", "||" + name) + after;
  }

  @Test
  void removesTheGatewaysFields() {
    assertThat(with(OWN + FILE + MODEL + END, "m")).isEqualTo(FILE + MODEL + END);
    assertThat(with(FILE + MODEL + OWN + END, "m")).isEqualTo(FILE + MODEL + END);
    assertThat(with(FILE + OWN + MODEL + OWN + END, "m")).isEqualTo(FILE + MODEL + END);
  }

  @Test
  void isNotCopiedWhereNothingChanges() {
    byte[] body = bytes(FILE + MODEL + END);
    MultipartForm form = Objects.requireNonNull(MultipartForm.parse(body, TYPE));

    assertThat(form.with("model", "m", Set.of("client_id"))).isSameAs(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=b",
        "Multipart/Form-Data;boundary=\"b\"",
        "multipart/form-data; charset=utf-8; Boundary=b",
        " multipart/form-data ; x=\"a;b\"; boundary=b ",
      })
  void readsTheBoundaryHoweverItIsWritten(String type) {
    assertThat(parse(MODEL + END, type)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"b",
        "multipart/form-data; boundary=a\u00e4",
        "multipart/form-data; boundary=c",
        "multipart/form-data; boundary="
            + "0123456789012345678901234567890123456789012345678901234567890123456789x",
      })
  void isNoneWithoutItsBoundary(String type) {
    assertThat(parse(MODEL + END, type)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b--x--b|",
        "x|--b--|",
        "--b|Content-Disposition: form-data; name=\"model\"||m",
        "--b|Content-Disposition: form-data; name=\"model\"||m|--b|",
        "--b|Content-Disposition: form-data; name=\"model\"||m|--bc--|",
        "--b|Content-Disposition: form-data; name=\"\"||m|--b--|",
        "--b|Content-Disposition: form-data||m|--b--|",
        "--b|Content-Disposition: form-data; name=\"m||m|--b--|",
        "--b|Content-Disposition: attachment; name=\"model\"||m|--b--|",
        "--b|Content-Type: text/plain||m|--b--|",
        "--b|Content-Disposition: form-data; name=\"a\"|"
            + "Content-Disposition: form-data; name=\"b\"||m|--b--|",
        "--b|Content-Disposition: form-data; name=\"a\"|"
            + "Content-Transfer-Encoding: base64||bQ==|--b--|",
      })
  void isNoneWhereAnotherReaderCouldReadSomethingElse(String body) {
    boolean isOnlyEmpty = body.equals("--b--x--b|");

    assertThat(parse(body, TYPE) == null || isOnlyEmpty).isTrue();
  }

  @Test
  void hasALimitedNumberOfPartsWithLimitedHeads() {
    String longHead = OWN.replace("form-data", "form-data; x=" + "y".repeat(5_000));

    assertThat(parse(OWN.repeat(MultipartForm.MAX_PARTS) + END, TYPE)).isNotNull();
    assertThat(parse(OWN.repeat(MultipartForm.MAX_PARTS + 1) + END, TYPE)).isNull();
    assertThat(parse(longHead + END, TYPE)).isNull();
  }

  @RepeatedTest(50)
  void neverThrows() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] body = bytes(FILE + MODEL + OWN + END);
    for (int i = 0; i < 5; i++) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }

    MultipartForm form = MultipartForm.parse(body, TYPE);

    if (form != null) {
      byte[] sent = form.with("model", "another", Set.of("client_id"));
      assertThat(MultipartForm.parse(sent, TYPE)).as("seed " + seed).isNotNull();
    }
  }
}
