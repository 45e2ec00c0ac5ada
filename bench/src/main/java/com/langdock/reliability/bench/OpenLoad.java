package com.langdock.reliability.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Sends requests at a fixed rate, however fast they are answered, and prints how long answers took
 * from when their requests were due: a request that had to wait for its turn here has waited.
 */
public final class OpenLoad {
  private static final int OK = 200;
  private static final int WARM_SECONDS = 10;

  /** With more, a moment's delay would be answered by opening connections, which delays more. */
  private static final int MAX_CONNECTIONS = 128;

  /** Requests that are under way at once while the generator warms up. */
  private static final int WARM_AT_ONCE = 16;

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
    load.warmUp(numbers[5]);
    load.sendTo(numbers[0]);
    for (int line = 0; line < numbers[3]; line++) {
      System.out.println(load.measure(numbers[4]));
    }
    System.exit(0);
  }

  /**
   * One request after the other: a cold generator could not keep to a rate, nor catch up with it.
   */
  private void warmUp(int port) throws InterruptedException {
    HttpClient client = OneLoop.client(vertx, port, MAX_CONNECTIONS);
    AtomicBoolean warm = new AtomicBoolean();
    for (int i = 0; i < WARM_AT_ONCE; i++) {
      vertx.runOnContext(begin -> repeat(client, warm));
    }
    Thread.sleep(TimeUnit.SECONDS.toMillis(WARM_SECONDS));
    warm.set(true);
  }

  private void repeat(HttpClient client, AtomicBoolean warm) {
    if (!warm.get()) {
      ask(client).onComplete((status, problem) -> repeat(client, warm));
    }
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

  /** Begins to send, once a millisecond what was due in it. */
  private void sendTo(int port) {
    HttpClient client = OneLoop.client(vertx, port, MAX_CONNECTIONS);
    long begun = System.nanoTime();
    AtomicLong sent = new AtomicLong();
    vertx.setPeriodic(
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
    ask(client)
        .onComplete((status, problem) -> {
          answers.add(System.nanoTime() - due);
          if (problem != null || status != OK) {
            failed.incrementAndGet();
          }
        });
  }

  private Future<Integer> ask(HttpClient client) {
    return client
        .request(HttpMethod.POST, "/v1/chat/completions")
        .compose(request -> request.putHeader("content-type", "application/json").send(body))
        .compose(answer -> answer.body().map(whole -> answer.statusCode()));
  }
}
