package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownStepsTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void aStepThatFailsDoesNotKeepTheNextFromBeginning() {
    ShutdownSteps.run(
        "first",
        LONG,
        () -> {
          throw new IOException("checked, and thrown all the same");
        });
    ShutdownSteps.run(
        "second",
        LONG,
        () -> {
          throw new StackOverflowError();
        });
    ShutdownSteps.run("third", LONG, () -> done.add("third"));
    assertThat(done).containsExactly("third");
  }

  @Test
  void aStepThatNeverEndsIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    ShutdownSteps.run("first", Duration.ofMillis(1), never::await);
    ShutdownSteps.run("second", LONG, () -> done.add("second"));
    assertThat(done).containsExactly("second");
    never.countDown();
  }
}
