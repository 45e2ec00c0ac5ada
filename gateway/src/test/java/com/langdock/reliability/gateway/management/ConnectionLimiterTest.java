package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConnectionLimiterTest {
  private final ConnectionLimiter<String> limiter = new ConnectionLimiter<>(2);

  @Test
  void closesTheLongestIdleConnectionForANewOne() {
    assertThat(limiter.opened("a", 0)).isNull();
    assertThat(limiter.opened("b", 1)).isNull();
    limiter.requestBegan("a", 2);
    limiter.requestEnded("a", 3);

    assertThat(limiter.opened("c", 4)).isEqualTo("b");
    assertThat(limiter.opened("d", 5)).isEqualTo("a");
    assertThat(limiter.size()).isEqualTo(2);
  }

  @Test
  void neverClosesAConnectionWithARunningRequest() {
    limiter.opened("a", 0);
    limiter.opened("b", 0);
    limiter.requestBegan("a", 0);
    limiter.requestBegan("b", 0);

    assertThat(limiter.opened("c", 1)).as("the new one itself").isEqualTo("c");
    assertThat(limiter.size()).isEqualTo(2);
    assertThat(limiter.idle(Long.MAX_VALUE / 2)).isEmpty();
  }

  @Test
  void closesConnectionsWithoutAFirstHead() {
    limiter.opened("a", 0);

    assertThat(limiter.idle(ConnectionLimiter.FIRST_HEAD_NANOS - 1)).isEmpty();
    assertThat(limiter.idle(ConnectionLimiter.FIRST_HEAD_NANOS)).containsExactly("a");
    assertThat(limiter.idle(Long.MAX_VALUE / 2)).isEmpty();
  }

  @Test
  void allowsUsedConnectionsMoreTimeForTheNextHead() {
    limiter.opened("a", 0);
    limiter.requestBegan("a", 0);
    limiter.requestEnded("a", 10);

    assertThat(limiter.idle(9 + ConnectionLimiter.IDLE_NANOS)).isEmpty();
    assertThat(limiter.idle(10 + ConnectionLimiter.IDLE_NANOS)).containsExactly("a");
  }

  @Test
  void removesClosedConnections() {
    limiter.opened("a", 0);
    limiter.closed("a");
    limiter.requestEnded("a", 1);

    assertThat(limiter.size()).isZero();
  }
}
