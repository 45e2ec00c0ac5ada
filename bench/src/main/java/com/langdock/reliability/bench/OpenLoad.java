package com.langdock.reliability.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Sends requests at a fixed rate, however fast they are answered, and prints how long answers took
 * from when their requests were due: a request that had to wait for its turn here has waited.
 */
public final class OpenLoad {
  private static final int OK = 200;
  private static final int WARM_SECONDS = 5;

  private final Vertx vertx;
  private final Buffer body;
  private final long interval;
  private final Lateness answers = new Lateness();
  private final AtomicLong failed = new AtomicLong();

  private OpenLoad(Vertx vertx, int size, int rate) {
    this.vertx = vertx;
    this.body = Buffer.buffer(Requests.ofBytes(size));
    this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
  }

  /**
   * Arguments: the target's port, the size of a request in bytes, requests per second, how many
   * lines to print, how many seconds each is for, and the port to warm up with.
   */
  public static void main(String[] arguments) throws Exception {
    int[] numbers = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
    OpenLoad load = new OpenLoad(OneLoop.vertx(), numbers[1], numbers[2]);
    long warmUp = load.sendTo(numbers[5]);
    load.measure(WARM_SECONDS);
    load.vertx.cancelTimer(warmUp);
    load.sendTo(numbers[0]);
    for (int line = 0; line < numbers[3]; line++) {
      System.out.println(load.measure(numbers[4]));
    }
    System.exit(0);
  }

  private String measure(int seconds) throws InterruptedException {
    answers.clear();
    failed.set(0);
    Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
    return String.format(
        Locale.ROOT,
        "%.3f %.3f %.3f %d",
        answers.millis(0.5),
        answers.millis(0.99),
        answers.millis(1),
        failed.get());
  }

  /** Begins to send, once a millisecond what was due in it; the timer to end it with. */
  private long sendTo(int port) {
    HttpClient client = OneLoop.client(vertx, port);
    long begun = System.nanoTime();
    AtomicLong sent = new AtomicLong();
    return vertx.setPeriodic(
        1,
        tick -> {
          long now = System.nanoTime();
          for (long due = begun + sent.get() * interval; due <= now; due += interval) {
            sent.incrementAndGet();
            send(client, due);
          }
        });
  }

  private void send(HttpClient client, long due) {
    client
        .request(HttpMethod.POST, "/v1/chat/completions")
        .compose(request -> request.putHeader("content-type", "application/json").send(body))
        .compose(answer -> answer.body().map(whole -> answer.statusCode()))
        .onComplete((status, problem) -> {
          answers.add(System.nanoTime() - due);
          if (problem != null || status != OK) {
            failed.incrementAndGet();
          }
        });
  }
}
