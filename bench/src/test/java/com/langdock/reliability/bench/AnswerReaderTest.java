package com.langdock.reliability.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{\n\r}";
  private static final String REFUSAL = "HTTP/1.1 429 Too Many\r\ncontent-length:0\r\n\r\n";

  private final AnswerReader reader = new AnswerReader();

  @Test
  void findsTheEndWhereverTheBytesAreCut() {
    for (int cut = 1; cut < ANSWER.length(); cut++) {
      assertThat(reader.read(bytes(ANSWER.substring(0, cut)))).isZero();
      assertThat(reader.read(bytes(ANSWER.substring(cut)))).isEqualTo(200);
    }
  }

  @Test
  void leavesWhatComesAfterTheEnd() {
    ByteBuf two = bytes(ANSWER + REFUSAL);

    assertThat(reader.read(two)).isEqualTo(200);
    assertThat(reader.read(two)).isEqualTo(429);
    assertThat(two.isReadable()).isFalse();
  }

  @Test
  void refusesAnAnswerWhoseEndItCannotTell() {
    assertThatThrownBy(() -> reader.read(bytes("HTTP/1.1 200 OK\r\nx: y\r\n\r\n")))
        .hasMessageContaining("content-length");
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }
}
