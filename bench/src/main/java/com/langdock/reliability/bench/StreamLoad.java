package com.langdock.reliability.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens streams through a gateway or relay, and prints what they cost it: CPU per chunk from the
 * process's own accounting, and how late chunks come by the clock that both ends share.
 */
public final class StreamLoad {
  private static final String BODY =
      "{\"model\":\"gpt-4\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
          + "Tell me about the reliability of gateways. ".repeat(20)
          + "\"}]}";
  private static final int MAX_CHUNKS = 1_000_000;
  private static final int PROBES_PER_SECOND = 20;
  private static final double TICKS_PER_SECOND = 100;

  private final AtomicLong chunks = new AtomicLong();
  private final Lateness late = new Lateness(MAX_CHUNKS);
  private final Lateness first = new Lateness(MAX_CHUNKS);
  private final HttpClient client;

  private StreamLoad(HttpClient client) {
    this.client = client;
  }

  /**
   * Arguments: the source's port, the target's port, its process id, streams, seconds. Prints the
   * microseconds of CPU per chunk, chunks per second, how late they were (median, 99 %, highest),
   * when a new stream's first content came (median, 99 %), in milliseconds, and the megabytes.
   */
  public static void main(String[] arguments) throws Exception {
    Vertx vertx = OneLoop.vertx();
    StreamSource.start(vertx, Integer.parseInt(arguments[0]));
    HttpClient client = OneLoop.client(vertx, Integer.parseInt(arguments[1]), OneLoop.MANY);
    StreamLoad load = new StreamLoad(client);
    load.run(arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    System.exit(0);
  }

  private void run(String process, int streams, int seconds) throws Exception {
    for (int i = 0; i < streams; i++) {
      open();
      LockSupport.parkNanos(4_000_000);
    }
    sleep(3);
    late.clear();
    first.clear();
    long before = chunks.get();
    double cpuBefore = cpuSeconds(process);
    for (int probe = 0; probe < seconds * PROBES_PER_SECOND; probe++) {
      probe();
      LockSupport.parkNanos(1_000_000_000L / PROBES_PER_SECOND);
    }
    long seen = chunks.get() - before;
    double cpu = cpuSeconds(process) - cpuBefore;
    System.out.printf(
        Locale.ROOT,
        "%.2f %d %.2f %.2f %.1f %.2f %.2f %d%n",
        cpu * 1e6 / seen,
        seen / seconds,
        late.millis(0.5),
        late.millis(0.99),
        late.millis(1),
        first.millis(0.5),
        first.millis(0.99),
        residentMegabytes(process));
  }

  private void open() {
    ask()
        .onSuccess(answer -> answer.handler(new ChunkClock(this::seen)))
        .onFailure(Throwable::printStackTrace);
  }

  /** A stream of which only the first content is awaited. */
  private void probe() {
    long begun = System.nanoTime();
    ask()
        .onSuccess(answer ->
            answer.handler(bytes -> {
              answer.handler(null);
              first.add(System.nanoTime() - begun);
              answer.request().reset();
            }))
        .onFailure(Throwable::printStackTrace);
  }

  private Future<HttpClientResponse> ask() {
    return client
        .request(HttpMethod.POST, "/v1/chat/completions")
        .compose(request ->
            request.putHeader("content-type", "application/json").send(Buffer.buffer(BODY)));
  }

  private void seen(long sent, long now) {
    chunks.incrementAndGet();
    late.add(now - sent);
  }

  private static double cpuSeconds(String process) throws Exception {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static long residentMegabytes(String process) throws Exception {
    return Files.readAllLines(Path.of("/proc", process, "status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  private static void sleep(int seconds) {
    LockSupport.parkNanos(seconds * 1_000_000_000L);
  }
}
