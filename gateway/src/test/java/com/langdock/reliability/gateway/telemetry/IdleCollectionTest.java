package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdleCollectionTest {
  private static final long AFTER = 10;

  private long inFlight;
  private long ended;
  private long used = IdleCollection.WORTH_IT;
  private int collections;
  private final IdleCollection garbage =
      new IdleCollection(
          () -> inFlight,
          () -> ended,
          () -> used,
          () -> {
            collections++;
            used = AFTER;
          });

  @Test
  void collectsOnceNoRequestIsSeenTwice() {
    garbage.look();
    assertThat(collections).isZero();
    garbage.look();
    assertThat(collections).isOne();
  }

  @Test
  void neverWhileRequestsWait() {
    for (int second = 0; second < 10; second++) {
      inFlight = second % 2;
      ended = second / 2;
      garbage.look();
    }
    assertThat(collections).isZero();
  }

  @Test
  void neverBetweenRequestsThatAreQuick() {
    for (int second = 0; second < 10; second++) {
      ended++;
      garbage.look();
    }
    assertThat(collections).isZero();
  }

  @Test
  void onlyWhenMuchHasComeSinceTheLastOne() {
    garbage.look();
    garbage.look();
    used = AFTER + IdleCollection.WORTH_IT - 1;
    garbage.look();
    assertThat(collections).isOne();
    used = AFTER + IdleCollection.WORTH_IT;
    garbage.look();
    assertThat(collections).isEqualTo(2);
  }
}
