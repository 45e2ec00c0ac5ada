package com.langdock.reliability.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteAccumulatorTest {
  @Test
  void doesNotCopyASinglePiece() {
    ByteAccumulator pieces = new ByteAccumulator();
    assertThat(pieces.bytes()).isEmpty();
    byte[] piece = {1, 2, 3};
    pieces.add(piece);
    assertThat(pieces.bytes()).isSameAs(piece);
  }

  /** Pieces of any length, looked at in between. */
  @ParameterizedTest
  @ValueSource(ints = {3, 100, 5_000, 70_000})
  void joinsPiecesInTheirOrder(int longest) {
    Random random = new Random(longest);
    ByteArrayOutputStream wanted = new ByteArrayOutputStream();
    ByteAccumulator pieces = new ByteAccumulator();
    for (int i = 0; i < 200; i++) {
      byte[] piece = new byte[random.nextInt(longest)];
      random.nextBytes(piece);
      wanted.writeBytes(piece);
      pieces.add(piece);
      assertThat(pieces.length()).isEqualTo(wanted.size());
      if (i % 50 == 0) {
        assertThat(pieces.bytes()).isEqualTo(wanted.toByteArray());
      }
    }
    assertThat(pieces.bytes()).isEqualTo(wanted.toByteArray());
  }
}
