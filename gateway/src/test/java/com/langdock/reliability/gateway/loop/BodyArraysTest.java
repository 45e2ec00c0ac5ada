package com.langdock.reliability.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import org.junit.jupiter.api.Test;

class BodyArraysTest {
  private static final int LENGTH = 100_000;

  private final BodyArrays arrays = new BodyArrays(1_000_000);

  @Test
  void lendsAnArrayAgain() {
    Body first = arrays.lend(LENGTH);
    byte[] array = first.array();
    first.release();

    assertThat(arrays.lend(LENGTH - 1_000).array()).isSameAs(array);
    assertThat(arrays.lend(LENGTH).array()).isNotSameAs(array);
  }

  @Test
  void areLittleLongerThanTheirBodies() {
    for (int length = 1; length < 5_000_000; length += 1 + length / 100) {
      assertThat(BodyArrays.capacity(length)).isBetween(length, length + length / 8);
    }
    assertThat(BodyArrays.capacity(Integer.MAX_VALUE - 8)).isEqualTo(Integer.MAX_VALUE - 8);
  }

  @Test
  void waitWithinALimit() {
    Body[] bodies = new Body[20];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = arrays.lend(LENGTH);
    }
    for (Body body : bodies) {
      body.release();
    }
    assertThat(arrays.waiting()).isBetween(800_000L, 1_000_000L);
  }

  @Test
  void areDroppedWhenNotNeeded() {
    Body first = arrays.lend(LENGTH);
    Body second = arrays.lend(LENGTH);
    first.release();
    second.release();
    arrays.trim();
    arrays.lend(LENGTH).release();

    long two = arrays.waiting();
    arrays.trim();
    assertThat(arrays.waiting()).as("one was needed").isEqualTo(two / 2);
    arrays.trim();
    assertThat(arrays.waiting()).isZero();
  }
}
