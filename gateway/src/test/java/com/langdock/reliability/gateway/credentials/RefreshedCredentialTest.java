package com.langdock.reliability.gateway.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshedCredentialTest {
  private long nanos;
  private @Nullable Issued<String> issued;

  private final RefreshedCredential<String> credential =
      new RefreshedCredential<>("azure", this::fetch, new Time());

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
    if (issued == null) {
      throw new IOException("down");
    }
    return issued;
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
  void isTriedAgainAfterAMinuteAtMost() throws InterruptedException {
    Duration wait = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      wait = credential.refresh();
    }
    assertThat(wait).isEqualTo(Duration.ofMinutes(1));
  }
}
