package com.langdock.reliability.bench;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens streams through a gateway or relay, and prints what they cost it: CPU per chunk from the
 * process's own accounting, and how late chunks come by the clock that both ends share.
 */
public final class StreamLoad {
  private static final int MAX_CHUNKS = 1_000_000;
  private static final int PROBE_PERIOD_MILLIS = 50;
  private static final int OPENING_PERIOD_MILLIS = 4;
  private static final int WARM_STREAMS = 300;
  private static final int WARM_SECONDS = 5;
  private static final int LEAD_SECONDS = 3;
  private static final double TICKS_PER_SECOND = 100;

  /** The place of the model among the arguments. */
  private static final int MODEL = 6;

  private final EventLoop loop;
  private final int port;
  private final String request;
  private final ChannelGroup streams;
  private final AtomicLong chunks = new AtomicLong();
  private final Lateness late = new Lateness(MAX_CHUNKS);
  private final Lateness first = new Lateness(MAX_CHUNKS);

  private StreamLoad(EventLoop loop, int port, String model) {
    this.loop = loop;
    this.port = port;
    this.streams = new DefaultChannelGroup(loop);
    this.request = Requests.streamOverHttp(port, model);
  }

  /**
   * Arguments: the source's port, the target's port, its process id, streams, chunks a second of
   * each, seconds, and the model where it is not the usual one. Prints the microseconds of CPU per
   * chunk, chunks per second, how late they were (median, 99 %, highest), when a new stream's first
   * content came (median, 99 %), in milliseconds, and the megabytes.
   */
  public static void main(String[] arguments) throws Exception {
    EventLoop loop = OneLoop.begin();
    int source = Integer.parseInt(arguments[0]);
    int chunksPerSecond = Integer.parseInt(arguments[4]);
    StreamSource.start(loop, source, 1_000 / chunksPerSecond);
    new StreamLoad(loop, source, Requests.MODEL).warmUp();
    LastCore.moveIn();
    String model = arguments.length > MODEL ? arguments[MODEL] : Requests.MODEL;
    StreamLoad load = new StreamLoad(loop, Integer.parseInt(arguments[1]), model);
    load.run(arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[5]));
    System.exit(0);
  }

  /** From the source itself, since a cold load would be late by its own fault. */
  private void warmUp() throws InterruptedException {
    open(WARM_STREAMS);
    sleep(WARM_SECONDS);
    streams.close().sync();
  }

  private void run(String process, int count, int seconds) throws Exception {
    open(count);
    sleep(LEAD_SECONDS);
    var _ = loop.submit(this::forget).sync();
    long before = chunks.get();
    double cpuBefore = cpuSeconds(process);
    var probing =
        loop.scheduleAtFixedRate(this::probe, 0, PROBE_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    sleep(seconds);
    probing.cancel(false);
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

  private void forget() {
    late.clear();
    first.clear();
  }

  /** One after the other, on the loop's own time: this thread would wait long for a busy core. */
  private void open(int count) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(count);
    var opening =
        loop.scheduleAtFixedRate(
            () -> {
              if (left.getCount() > 0) {
                left.countDown();
                streams.add(connect(this::seen).channel());
              }
            },
            0,
            OPENING_PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    left.await();
    opening.cancel(false);
  }

  private ChannelFuture connect(StreamReader.Listener listener) {
    return OneLoop.connections(loop, port, () -> new StreamReader(request, listener)).connect();
  }

  private void probe() {
    var _ = connect(this::probed);
  }

  private void seen(ChannelHandlerContext stream, long sent, long now, long sinceAsked) {
    chunks.incrementAndGet();
    late.add(now - sent);
  }

  /** A stream of which only the first content is awaited. */
  private void probed(ChannelHandlerContext stream, long sent, long now, long sinceAsked) {
    if (stream.channel().isOpen()) {
      first.add(sinceAsked);
      var _ = stream.close();
    }
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
