package com.langdock.reliability.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkClockTest {
  private static final String TWO =
      "HTTP/1.1 200 OK\r\n\r\n@0000000000000000012\"}12\n\n@0000000000000000345\"}\n\n";

  private final List<Long> moments = new ArrayList<>();

  @Test
  void findsTheMomentsWhereverTheBytesAreCut() {
    for (int cut = 0; cut <= TWO.length(); cut++) {
      moments.clear();
      ChunkClock clock = new ChunkClock((sent, now) -> moments.add(sent));

      read(clock, TWO.substring(0, cut));
      read(clock, TWO.substring(cut));

      assertThat(moments).as("cut at %d", cut).containsExactly(12L, 345L);
    }
  }

  @Test
  void leavesOutAMomentThatAFrameCuts() {
    read(
        new ChunkClock((sent, now) -> moments.add(sent)),
        "@00000000000\r\n1f\r\n00000012\"}\n\n@0000000000000000345\"}\n\n");
    assertThat(moments).containsExactly(345L);
  }

  private static void read(ChunkClock clock, String text) {
    clock.read(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }
}
