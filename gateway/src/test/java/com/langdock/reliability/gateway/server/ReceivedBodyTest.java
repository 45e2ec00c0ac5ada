package com.langdock.reliability.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.loop.BodyArrays;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceivedBodyTest {
  private final FakeBody taker = new FakeBody();
  private final ReceivedBody body = new ReceivedBody(new BodyArrays(1 << 20));

  @Test
  void isEmptyAtFirst() {
    assertThat(body.take().bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 6_000, 70_000})
  void joinsPiecesAndReleasesThem(int longest) {
    Random random = new Random(longest);
    ByteArrayOutputStream wanted = new ByteArrayOutputStream();
    List<ByteBuf> pieces = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] piece = new byte[1 + random.nextInt(longest)];
      random.nextBytes(piece);
      wanted.writeBytes(piece);
      pieces.add(Unpooled.directBuffer().writeBytes(piece));
      body.add(pieces.getLast(), () -> 0, taker);
      pieces.getLast().release();
    }
    assertThat(body.take().bytes()).isEqualTo(wanted.toByteArray());
    assertThat(pieces).allSatisfy(piece -> assertThat(piece.refCnt()).isZero());
    assertThat(body.take().bytes()).isEmpty();
  }

  @Test
  void copiesSmallPieces() {
    ByteBuf piece = Unpooled.directBuffer(65_536).writeBytes(new byte[100]);
    body.add(piece, () -> 0, taker);
    assertThat(piece.refCnt()).isOne();
  }

  @Test
  void releasesAllBuffers() {
    ByteBuf piece = Unpooled.directBuffer().writeZero(10_000);
    body.add(piece, () -> 0, taker);
    assertThat(piece.refCnt()).isEqualTo(2);
    body.release();
    assertThat(piece.refCnt()).isOne();
    assertThat(body.take().bytes()).isEmpty();
  }

  @Test
  void copiesALargeBodyIntoOneArrayAsItArrives() {
    ByteBuf piece = Unpooled.directBuffer().writeZero(60_000);
    for (int i = 0; i < 5; i++) {
      body.add(piece, () -> 300_000, taker);
      piece.resetReaderIndex();
    }
    assertThat(piece.refCnt()).as("read buffers that are held").isOne();
    assertThat(taker.reserved).containsExactly(327_680);

    assertThat(body.take().bytes()).hasSize(300_000);
    assertThat(body.take().bytes()).isEmpty();
  }

  @Test
  void takesLittleMoreThanHasArrived() {
    ByteBuf piece = Unpooled.directBuffer().writeZero(60_000);
    for (int i = 0; i < 10; i++) {
      body.add(piece, () -> 30_000_000, taker);
      piece.resetReaderIndex();
    }
    assertThat(taker.reserved).containsExactly(491_520, 2_359_296);
  }

  @Test
  void forgetsABodyForWhichThereIsNoMemory() {
    taker.hasMemory = false;
    ByteBuf piece = Unpooled.directBuffer().writeZero(70_000);
    body.add(piece, () -> 0, taker);

    assertThat(body.take().bytes()).isEmpty();
    assertThat(piece.refCnt()).isOne();
  }
}
