package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReuseGuardTest {
  private static final long MINUTE = TimeUnit.SECONDS.toNanos(ReuseGuard.SUSPENDED_SECONDS);

  private final List<Boolean> told = new ArrayList<>();
  private final ReuseGuard guard = new ReuseGuard(told::add);

  @Test
  void allowsReuseUntilUnsolicitedBytes() {
    assertThat(guard.isSuspended(0)).isFalse();
    assertThat(guard.isSuspended(Long.MIN_VALUE)).isFalse();
    assertThat(told).isEmpty();
  }

  @Test
  void suspendsReuseForAMinute() {
    guard.unsolicited(0);
    guard.unsolicited(MINUTE / 2);

    assertThat(guard.isSuspended(MINUTE)).isTrue();
    assertThat(guard.isSuspended(MINUTE / 2 + MINUTE - 1)).isTrue();
    assertThat(guard.isSuspended(MINUTE / 2 + MINUTE)).isFalse();
  }

  @Test
  void reportsTheBeginningOnce() {
    guard.unsolicited(0);
    guard.unsolicited(1);
    guard.unsolicited(1 + MINUTE);

    assertThat(told).containsExactly(true, false, true);
  }
}
