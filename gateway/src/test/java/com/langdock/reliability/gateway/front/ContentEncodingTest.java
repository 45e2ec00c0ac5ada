package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.langdock.reliability.gateway.server.ReceivedRequests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {
  private static final byte[] BODY = "{\"model\":\"gpt\"}".repeat(100).getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource({
    "gzip, GZIP",
    "GZIP, GZIP",
    "x-gzip, GZIP",
    "deflate, DEFLATE",
    "zstd, ZSTD",
    "identity, IDENTITY",
  })
  void isReadFromItsHeader(String header, ContentEncoding expected) {
    assertThat(
            ContentEncoding.of(
                ReceivedRequests.of(
                    "::1", "POST / HTTP/1.1", "host: a", "content-encoding: " + header)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "compress", "gzip;q=1"})
  void isRefusedByNameWhenItIsNotKnown(String header) {
    var request =
        ReceivedRequests.of("::1", "POST / HTTP/1.1", "host: a", "content-encoding: " + header);
    assertThat(ContentEncoding.of(request)).isNull();
    assertThat(ContentEncoding.refusal(request).status()).isEqualTo(415);
    assertThat(ContentEncoding.refusal(request).message()).contains("'" + header + "'");
  }

  @Test
  void isUndone() throws IOException {
    assertThat(decoded(ContentEncoding.GZIP, gzip(BODY), BODY.length)).isEqualTo(BODY);
    assertThat(decoded(ContentEncoding.DEFLATE, deflate(BODY, false), BODY.length)).isEqualTo(BODY);
    assertThat(decoded(ContentEncoding.DEFLATE, deflate(BODY, true), BODY.length)).isEqualTo(BODY);
  }

  @Test
  void isUndoneForZstd() {
    byte[] whole = Zstd.compress(BODY);
    assertThat(decoded(ContentEncoding.ZSTD, whole, BODY.length)).isEqualTo(BODY);
    assertThat(refused(ContentEncoding.ZSTD, BODY, 10_000)).isEqualTo(400);
    assertThat(refused(ContentEncoding.ZSTD, Arrays.copyOf(whole, whole.length - 3), 10_000))
        .isEqualTo(400);
    assertThat(refused(ContentEncoding.ZSTD, Zstd.compress(new byte[20_000_000]), 1_000_000))
        .isEqualTo(413);
  }

  @Test
  void doesNotTakeMemoryForALargeZstdWindow() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes).setLong(27)) {
      out.write(new byte[20_000_000]);
    }
    assertThat(refused(ContentEncoding.ZSTD, bytes.toByteArray(), 30_000_000)).isEqualTo(400);
  }

  @Test
  void mayHaveSeveralMembers() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(BODY));
    members.write(gzip(BODY));
    assertThat(decoded(ContentEncoding.GZIP, members.toByteArray(), 2L * BODY.length))
        .hasSize(2 * BODY.length);
  }

  @Test
  void doesNotUnpackMoreThanABodyMayHave() throws IOException {
    byte[] bomb = gzip(new byte[20_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(refused(ContentEncoding.GZIP, bomb, 1_000_000)).isEqualTo(413);
  }

  @Test
  void isRefusedWhenItIsDamaged() throws IOException {
    byte[] whole = gzip(BODY);
    assertThat(refused(ContentEncoding.GZIP, BODY, 10_000)).isEqualTo(400);
    assertThat(refused(ContentEncoding.DEFLATE, BODY, 10_000)).isEqualTo(400);
    assertThat(refused(ContentEncoding.GZIP, new byte[0], 10_000)).isEqualTo(400);
    assertThat(refused(ContentEncoding.GZIP, Arrays.copyOf(whole, whole.length - 9), 10_000))
        .isEqualTo(400);
  }

  private static byte[] decoded(ContentEncoding encoding, byte[] body, long most) {
    return ((ContentEncoding.Decoded.Body) encoding.decode(body, most)).bytes();
  }

  private static int refused(ContentEncoding encoding, byte[] body, long most) {
    return ((ContentEncoding.Decoded.Refused) encoding.decode(body, most)).error().status();
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] body, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, raw))) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
