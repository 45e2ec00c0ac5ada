package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.compression.DecompressionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecodingTest {
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);

  private static byte[] encoded(String encoding, byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (encoding) {
      case "gzip" -> {
        try (var zip = new GZIPOutputStream(out)) {
          zip.write(plain);
        }
      }
      case "deflate" -> {
        try (var zip = new DeflaterOutputStream(out)) {
          zip.write(plain);
        }
      }
      default -> out.write(Zstd.compress(plain));
    }
    return out.toByteArray();
  }

  private ContentDecoding decoding(String encoding) {
    return ContentDecoding.of(encoding, memory).orElseThrow();
  }

  private void assertNothingHeld() {
    assertThat(memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd"})
  void decodesInputByteByByte(String encoding) throws IOException {
    byte[] plain = "All in all, a long answer. ".repeat(50).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    try (ContentDecoding decoding = decoding(encoding)) {
      for (byte octet : encoded(encoding, plain)) {
        ByteBuf one = memory.buffer().writeByte(octet);
        decoding.add(one);
        one.release();
        for (byte[] piece = decoding.next(); piece != null; piece = decoding.next()) {
          decoded.writeBytes(piece);
        }
      }
    }
    assertThat(decoded.toByteArray()).isEqualTo(plain);
    assertNothingHeld();
  }

  /** The consumer can stop after the first piece of a hundred megabytes. */
  @ParameterizedTest
  @CsvSource({"gzip, 65536", "deflate, 65536", "zstd, 262144"})
  void decodesOnlyWhatIsConsumed(String encoding, int most) throws IOException {
    byte[] bomb = encoded(encoding, new byte[100_000_000]);
    try (ContentDecoding decoding = decoding(encoding)) {
      decoding.add(Unpooled.wrappedBuffer(bomb));
      for (int piece = 0; piece < 20; piece++) {
        assertThat(decoding.next()).hasSizeBetween(1, most);
      }
      assertThat(memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory())
          .isLessThan(4L * most);
    }
    assertNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd"})
  void rejectsInvalidInput(String encoding) {
    try (ContentDecoding decoding = decoding(encoding)) {
      decoding.add(Unpooled.copiedBuffer("{\"a\": \"plain\"}", StandardCharsets.US_ASCII));
      assertThatThrownBy(decoding::next).isInstanceOf(DecompressionException.class);
    }
    assertNothingHeld();
  }

  @Test
  void ignoresBytesAfterTheEnd() throws IOException {
    try (ContentDecoding decoding = decoding("gzip")) {
      decoding.add(Unpooled.wrappedBuffer(encoded("gzip", new byte[] {1})));
      decoding.add(Unpooled.wrappedBuffer(new byte[] {2, 3}));
      assertThat(decoding.next()).containsExactly(1);
      assertThat(decoding.next()).isNull();
    }
    assertNothingHeld();
  }

  @Test
  void knowsTheNamesOfEncodings() {
    assertThat(ContentDecoding.isIdentity(null)).isTrue();
    assertThat(ContentDecoding.isIdentity(" Identity ")).isTrue();
    assertThat(ContentDecoding.isIdentity("gzip")).isFalse();
    assertThat(ContentDecoding.of("br", memory)).isEmpty();
    assertThat(ContentDecoding.of("gzip, zstd", memory)).isEmpty();
    decoding("X-GZip").close();
  }
}
