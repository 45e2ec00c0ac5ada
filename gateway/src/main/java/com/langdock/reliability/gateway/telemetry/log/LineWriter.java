package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.langdock.reliability.gateway.queue.MpscQueue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Writes log lines on a thread of its own.
 *
 * <p>A caller only puts the event into a bounded queue; when it is full, the event is dropped and
 * counted. The thread wakes up for the first event, waits a little for others, and writes them all
 * at once, so that under load it costs one wake-up and one write in ten milliseconds. Once the
 * queue has room again, a line says how many were lost.
 */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /** Events that may wait to be written. */
  static final int QUEUE_CAPACITY = 65_536;

  private static final int BATCH = 4_096;
  private static final long GATHER_MILLIS = 10;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long STOP_MILLIS = 2_000;
  private static final int KEPT_CHARS = 1024 * 1024;

  private final LogFormat format;
  private final PrintStream output;
  private final Logger ownLog;
  private final MpscQueue<ILoggingEvent> queue = new MpscQueue<>(QUEUE_CAPACITY);
  private final LongAdder lost = new LongAdder();
  private final Thread thread;

  // Only the writing thread touches these.
  private final List<ILoggingEvent> batch = new ArrayList<>(BATCH);
  private StringBuilder lines = new StringBuilder();
  private final Utf8Output utf8;
  private long lostAndSaid;

  /** A writer that has not started; it logs to {@code ownLog} what was lost. */
  LineWriter(LogFormat format, PrintStream output, Logger ownLog) {
    this.format = format;
    this.output = output;
    this.utf8 = new Utf8Output(output);
    this.ownLog = ownLog;
    this.thread = Thread.ofPlatform().daemon().name("log-writer").unstarted(this::run);
  }

  /** Events that were dropped so far. */
  long linesLost() {
    return lost.sum();
  }

  @Override
  public void start() {
    super.start();
    thread.start();
  }

  /** Stops; returns when the waiting events are written, or after two seconds. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Skips filters, of which there are none, and the check for recursive calls. */
  @Override
  public void doAppend(ILoggingEvent event) {
    if (isStarted()) {
      append(event);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.getFormattedMessage(); // Formatted now, since the arguments may change afterwards.
    if (!queue.offer(event)) {
      lost.increment();
    }
  }

  private void run() {
    boolean stopped = false;
    while (isStarted() && !stopped) {
      try {
        if (queue.await(IDLE_NANOS)) {
          Thread.sleep(GATHER_MILLIS);
          writeBatch();
          logLost();
        }
      } catch (InterruptedException stop) {
        stopped = true; // What still waits is written below.
      } catch (Throwable unexpected) {
        lost.increment();
      }
    }
    do {
      writeBatch();
    } while (!queue.isEmpty());
  }

  /** An exception costs the lines of one batch, never the thread. */
  private void writeBatch() {
    queue.drainTo(batch, BATCH);
    int formatted = 0;
    try {
      for (ILoggingEvent event : batch) {
        formatted += format(event) ? 1 : 0;
      }
      utf8.write(lines);
      output.flush();
    } catch (Throwable unwritten) {
      lost.add(formatted);
    }
    batch.clear();
    if (lines.capacity() > KEPT_CHARS) {
      lines = new StringBuilder();
    }
    lines.setLength(0);
  }

  /** Appends a line; if it cannot be formatted, only this line is lost, and counted. */
  private boolean format(ILoggingEvent event) {
    int start = lines.length();
    try {
      format.append(event, lines);
      return true;
    } catch (Throwable unprintable) {
      lines.setLength(start);
      lost.increment();
      return false;
    }
  }

  private void logLost() {
    long count = lost.sum() - lostAndSaid;
    if (count > 0 && queue.size() < QUEUE_CAPACITY / 2) {
      lostAndSaid += count;
      ownLog
          .atWarn()
          .addKeyValue("event", "log_lines_lost")
          .addKeyValue("count", count)
          .log("log lines were dropped because the queue was full");
    }
  }
}
