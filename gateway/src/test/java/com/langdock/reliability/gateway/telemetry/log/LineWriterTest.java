package com.langdock.reliability.gateway.telemetry.log;

import static com.langdock.reliability.gateway.telemetry.log.Events.event;
import static com.langdock.reliability.gateway.telemetry.log.Events.field;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

class LineWriterTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private LineWriter started(OutputStream output) {
    PrintStream stream = new PrintStream(output, false, StandardCharsets.UTF_8);
    LineWriter writer = new LineWriter(LogFormat.JSON, stream, context.getLogger("own"));
    writer.setContext(context);
    writer.start();
    context.getLogger("own").addAppender(writer);
    return writer;
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static KeyValuePair number(int number) {
    return field("n", number);
  }

  @Test
  void writesEveryLineInOrderBeforeItStops() {
    LineWriter writer = started(written);
    for (int i = 0; i < 5_000; i++) {
      writer.doAppend(event(Level.INFO, "é", number(i)));
    }

    writer.stop();

    assertThat(lines()).hasSize(5_000);
    assertThat(lines().getFirst()).contains("\"message\":\"é\",\"n\":0,");
    assertThat(lines().getLast()).contains("\"n\":4999,");
    assertThat(writer.linesLost()).isZero();
  }

  @Test
  void writesNothingOnceStopped() {
    LineWriter writer = started(written);
    writer.stop();
    writer.stop();

    writer.doAppend(event(Level.INFO, "late"));

    assertThat(lines()).isEmpty();
  }

  /** A field whose text cannot be made. */
  private record Unprintable(Throwable thrown) {
    @Override
    public String toString() {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(thrown);
    }
  }

  static List<Throwable> bugs() {
    return List.of(
        new IllegalStateException("a test"),
        new StackOverflowError("a test"),
        new OutOfMemoryError("a test"),
        new AssertionError("a test"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void losesOnlyTheLineThatCannotBePrinted(Throwable bug) {
    LineWriter writer = started(written);

    writer.doAppend(event(Level.INFO, "before"));
    writer.doAppend(event(Level.INFO, "bad", field("thing", new Unprintable(bug))));
    writer.doAppend(event(Level.INFO, "after"));
    writer.stop();

    assertThat(lines()).anyMatch(line -> line.contains("\"before\""));
    assertThat(lines()).anyMatch(line -> line.contains("\"after\""));
    assertThat(lines()).noneMatch(line -> line.contains("\"bad\""));
    assertThat(writer.linesLost()).isEqualTo(1);
  }

  @Test
  void continuesAfterAnErrorOfTheOutputAndCountsEachLineOnce() throws Exception {
    FailingOutput output = new FailingOutput();
    LineWriter writer = started(output);
    Unprintable unprintable = new Unprintable(new OutOfMemoryError("a test"));

    writer.doAppend(event(Level.INFO, "doomed"));
    writer.doAppend(event(Level.INFO, "bad", field("thing", unprintable)));
    assertThat(output.failed.await(10, TimeUnit.SECONDS)).isTrue();
    writer.doAppend(event(Level.INFO, "later"));
    assertThat(output.written.await(10, TimeUnit.SECONDS)).isTrue();
    writer.stop();

    assertThat(lines()).anyMatch(line -> line.contains("\"later\""));
    assertThat(lines()).noneMatch(line -> line.contains("\"doomed\""));
    assertThat(writer.linesLost()).isEqualTo(2);
  }

  /** Throws an error at the first write. */
  private final class FailingOutput extends OutputStream {
    private final CountDownLatch failed = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException("whole batches only");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (failed.getCount() > 0) {
        failed.countDown();
        throw new OutOfMemoryError("a test");
      }
      LineWriterTest.this.written.write(bytes, offset, length);
      if (new String(bytes, offset, length, StandardCharsets.UTF_8).contains("later")) {
        written.countDown();
      }
    }
  }

  @Test
  void dropsAndCountsWhileTheOutputIsStuckAndLogsItAfterwards() throws InterruptedException {
    StuckOutput output = new StuckOutput();
    LineWriter writer = started(output);
    writer.doAppend(event(Level.INFO, "the first"));
    output.reached.await();
    int room = LineWriter.QUEUE_CAPACITY;

    for (int i = 0; i < room + 10; i++) {
      writer.doAppend(event(Level.INFO, "more"));
    }

    assertThat(writer.linesLost()).isEqualTo(10);
    output.free.countDown();
    output.saidSo.await();
    writer.stop();
    assertThat(lines()).hasSize(1 + room + 1);
    assertThat(lines())
        .filteredOn(line -> line.contains("\"event\":\"log_lines_lost\""))
        .singleElement()
        .asString()
        .contains("\"level\":\"warn\"")
        .contains("\"count\":10");
  }

  /** Takes nothing until it is freed. */
  private final class StuckOutput extends OutputStream {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch saidSo = new CountDownLatch(1);

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException("whole batches only");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      reached.countDown();
      try {
        free.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      written.write(bytes, offset, length);
      if (new String(bytes, offset, length, StandardCharsets.UTF_8).contains("log_lines_lost")) {
        saidSo.countDown();
      }
    }
  }
}
