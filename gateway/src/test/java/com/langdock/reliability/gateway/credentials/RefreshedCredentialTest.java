package com.langdock.reliability.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshedCredentialTest {
  private volatile long nanos;
  private volatile @Nullable Issued<String> issued;

  private final RefreshedCredential<String> credential =
      new RefreshedCredential<>("azure", this::fetch, new Time(), () -> 0);

  private final class Time implements Ticker {
    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long unixMillis() {
      return 0;
    }
  }

  private Issued<String> fetch() throws IOException {
    Issued<String> next = issued;
    if (next == null) {
      throw new IOException("down");
    }
    return next;
  }

  @Test
  void isFetchedAgainFiveMinutesOrAFifthAheadOfItsEnd() throws InterruptedException {
    issued = new Issued<>("a", Duration.ofHours(1));
    assertThat(credential.refresh()).isEqualTo(Duration.ofMinutes(55));
    issued = new Issued<>("b", Duration.ofMinutes(5));
    assertThat(credential.refresh()).isEqualTo(Duration.ofMinutes(4));
    assertThat(credential.current()).hasValue("b");
  }

  @Test
  void isUsedUntilItEndsWhenItCannotBeFetched() throws InterruptedException {
    assertThat(credential.current()).isEmpty();
    issued = new Issued<>("a", Duration.ofHours(1));
    credential.refresh();
    issued = null;
    assertThat(credential.refresh()).isEqualTo(Duration.ofSeconds(1));
    assertThat(credential.refresh()).isEqualTo(Duration.ofSeconds(2));
    nanos = Duration.ofMinutes(59).toNanos();
    assertThat(credential.current()).hasValue("a");
    nanos = Duration.ofMinutes(60).toNanos();
    assertThat(credential.current()).isEmpty();
  }

  @Test
  void isRenewedForAllThatWaitForIt() throws InterruptedException {
    List<String> done = new ArrayList<>();
    issued = new Issued<>("a", Duration.ofHours(1));
    credential.refresh();
    nanos = Duration.ofMinutes(10).toNanos();
    credential.renew(Duration.ofMinutes(9).toNanos(), () -> done.add("one"));
    credential.renew(Duration.ofMinutes(9).toNanos(), () -> done.add("two"));
    assertThat(done).isEmpty();
    issued = new Issued<>("b", Duration.ofHours(1));
    credential.refresh();
    assertThat(done).containsExactly("one", "two");
    assertThat(credential.current()).hasValue("b");
  }

  @Test
  void isNotRenewedWhereItWasSinceThenOrAMomentAgo() throws InterruptedException {
    List<String> done = new ArrayList<>();
    issued = new Issued<>("a", Duration.ofHours(1));
    nanos = Duration.ofMinutes(1).toNanos();
    credential.refresh();
    credential.renew(nanos, () -> done.add("a moment ago"));
    nanos = Duration.ofMinutes(2).toNanos();
    credential.renew(Duration.ofSeconds(59).toNanos(), () -> done.add("since then"));
    assertThat(done).containsExactly("a moment ago", "since then");
  }

  @Test
  void keepsNobodyWaitingThoughItCannotBeFetched() throws InterruptedException {
    List<String> done = new ArrayList<>();
    nanos = Duration.ofMinutes(1).toNanos();
    credential.renew(0, () -> done.add("done"));
    credential.refresh();
    assertThat(done).containsExactly("done");
    assertThat(credential.current()).isEmpty();
  }

  @Test
  void theThreadFetchesAgainWhenItIsAsked() throws InterruptedException {
    issued = new Issued<>("a", Duration.ofHours(1));
    CountDownLatch renewed = new CountDownLatch(1);
    try (RefreshedCredential<String> started = credential.start()) {
      started.awaitFirst(Duration.ofSeconds(10));
      issued = new Issued<>("b", Duration.ofHours(1));
      nanos = Duration.ofMinutes(1).toNanos();
      started.renew(1, renewed::countDown);
      assertThat(renewed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(started.current()).hasValue("b");
    }
    CountDownLatch closed = new CountDownLatch(1);
    credential.renew(Duration.ofHours(1).toNanos(), closed::countDown);
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isTriedAgainAfterAMinuteAtMost() throws InterruptedException {
    Duration wait = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      wait = credential.refresh();
    }
    assertThat(wait).isEqualTo(Duration.ofMinutes(1));
  }
}
