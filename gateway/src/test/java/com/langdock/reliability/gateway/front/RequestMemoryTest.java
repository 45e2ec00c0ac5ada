package com.langdock.reliability.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {
  private static final long MIB = 1024 * 1024;
  private static final InetAddress ANNE = address("10.0.0.1");
  private static final InetAddress BOB = address("10.0.0.2");

  private final ManualTicker ticker = new ManualTicker();

  /** 4 MiB for small requests, 12 for large ones, 9 of them for one address. */
  private final RequestMemory memory = new RequestMemory(16 * MIB, ticker);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notAnAddress) {
      throw new AssertionError(notAnAddress);
    }
  }

  @Test
  void oneAddressDoesNotGetAllOfIt() {
    RequestMemory.Share greedy = memory.share(ANNE);
    assertThat(greedy.tryTake(9 * MIB)).isTrue();
    assertThat(greedy.tryTake(1)).isFalse();
    assertThat(memory.share(ANNE).tryTake(MIB)).isFalse();
    assertThat(memory.share(BOB).tryTake(3 * MIB)).isTrue();
  }

  @Test
  void smallRequestsDoNotCompeteWithLargeOnes() {
    assertThat(memory.share(ANNE).tryTake(9 * MIB)).isTrue();
    assertThat(memory.share(BOB).tryTake(3 * MIB)).isTrue();
    for (int i = 0; i < 64; i++) {
      assertThat(memory.share(ANNE).tryTake(RequestMemory.SMALL)).isTrue();
    }
    assertThat(memory.share(BOB).tryTake(1)).isFalse();
  }

  @Test
  void aRequestThatGrowsLargeTakesNothingOfTheSmallPartAnyMore() {
    RequestMemory.Share share = memory.share(ANNE);
    share.tryTake(RequestMemory.SMALL);
    share.tryTake(8 * MIB);
    assertThat(memory.taken()).isEqualTo(8 * MIB + RequestMemory.SMALL);
    for (int i = 0; i < 64; i++) {
      assertThat(memory.share(BOB).tryTake(RequestMemory.SMALL)).isTrue();
    }
  }

  @Test
  void itIsOverloadedForAWhileAfterAllWasTaken() {
    memory.share(ANNE).tryTake(9 * MIB);
    memory.share(ANNE).tryTake(MIB);
    assertThat(memory.isOverloaded()).as("one client has enough").isFalse();

    memory.share(BOB).tryTake(4 * MIB);
    assertThat(memory.isOverloaded()).isTrue();
    ticker.advance(Duration.ofSeconds(5));
    assertThat(memory.isOverloaded()).isFalse();
  }

  @Test
  void allComesBackWhateverWasTaken() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<RequestMemory.Share> shares = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        RequestMemory.Share share = memory.share(random.nextInt(3) == 0 ? ANNE : BOB);
        shares.add(share);
        for (int take = random.nextInt(5); take > 0; take--) {
          long before = share.taken();
          long wanted = random.nextLong(random.nextBoolean() ? 10_000 : 2 * MIB);
          boolean taken = share.tryTake(wanted);
          assertThat(share.taken() - before).isEqualTo(taken ? wanted : 0);
        }
        share.giveBack(random.nextLong(MIB));
      }
      assertThat(memory.taken()).isLessThanOrEqualTo(memory.capacity());
      shares.forEach(RequestMemory.Share::release);
      shares.forEach(RequestMemory.Share::release);
      assertThat(memory.taken()).isZero();
    }
    assertThat(memory.share(ANNE).tryTake(9 * MIB)).isTrue();
  }
}
