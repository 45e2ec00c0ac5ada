package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.ManualTicker;
import org.junit.jupiter.api.Test;

class AnswerHistoryTest {
  private final RequestMemory memory = new RequestMemory(400, new ManualTicker());
  private final AnswerHistory history = new AnswerHistory(memory, null, 90);

  private static byte[] items(int length) {
    return "x".repeat(length).getBytes(UTF_8);
  }

  @Test
  void remembersTheLastAnswerOfEachLane() {
    history.put("", "first", items(10));
    history.put("other", "second", items(20));
    history.put("", "third", items(30));

    assertThat(history.upTo("first")).isEmpty();
    assertThat(history.upTo("second")).hasValue(items(20));
    assertThat(history.upTo("third")).hasValue(items(30));
    assertThat(memory.taken()).isEqualTo(50);
  }

  @Test
  void forgetsWhatIsTooLarge() {
    history.put("", "first", items(10));
    history.put("", "second", items(91));

    assertThat(history.upTo("first")).isEmpty();
    assertThat(history.upTo("second")).isEmpty();
    assertThat(memory.taken()).isZero();
  }

  @Test
  void forgetsWhatMemoryHasNoRoomFor() {
    for (int i = 0; i < 4; i++) {
      history.put("lane" + i, "id" + i, items(90));
    }

    assertThat(history.upTo("id0")).isPresent();
    assertThat(history.upTo("id3")).isEmpty();
    assertThat(memory.taken()).isEqualTo(270);
  }

  @Test
  void remembersNothingAfterTheConnection() {
    history.put("", "first", items(10));
    history.release();
    history.put("", "second", items(10));

    assertThat(history.upTo("first")).isEmpty();
    assertThat(history.upTo("second")).isEmpty();
    assertThat(memory.taken()).isZero();
  }

  @Test
  void admitsSoManyLanesAndThoseAgain() {
    for (int i = 0; i < AnswerHistory.MAX_LANES; i++) {
      assertThat(history.admits("lane" + i)).isTrue();
    }

    assertThat(history.admits("one more")).isFalse();
    assertThat(history.admits("lane0")).isTrue();
  }
}
