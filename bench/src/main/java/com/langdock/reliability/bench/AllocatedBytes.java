package com.langdock.reliability.bench;

import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.sun.management.ThreadMXBean;
import io.netty.channel.EventLoop;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the bytes that a gateway with everything on allocates for a chat request of 1 KB, thread
 * by thread. Gateway, provider and client are in this process; only the gateway's threads count.
 *
 * <p>With the first compiler only, which removes no allocation, the count is what the code asks for
 * and repeats to a fraction of a percent; the second compiler removes more or less of it in each
 * run. The transport is one that most machines have: io_uring allocates 2 % more than epoll.
 */
public final class AllocatedBytes {
  private static final int BATCHES = 5;
  private static final int BATCH = 2_000;

  /** Longer than the threads that write rows and lines wait for more of them. */
  private static final long WRITTEN_MILLIS = 300;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** How the names of the threads begin whose bytes count. */
  private static final List<String> COUNTED =
      List.of("vert.x-eventloop", "journal-writer", "log-writer");

  private AllocatedBytes() {}

  /** Argument: requests to warm up with. Prints bytes per request of each thread, and their sum. */
  public static void main(String[] arguments) {
    try {
      count(Integer.parseInt(arguments[0]));
      System.exit(0);
    } catch (Exception problem) {
      problem.printStackTrace();
      System.exit(1); // the event loops would go on
    }
  }

  private static void count(int warmUp) throws Exception {
    PrintStream console = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false)); // lines of the log
    EventLoop loop = OneLoop.begin();
    Path folder = Files.createTempDirectory("bench");
    Gateway gateway = gateway(folder, CannedAnswers.start(loop));
    ClosedLoad load = ClosedLoad.connect(loop, gateway.port());
    load.send(warmUp);
    long[][] counted = new long[BATCHES][];
    for (int batch = 0; batch < BATCHES; batch++) {
      counted[batch] = count(load);
    }
    long sum = 0;
    for (int i = 0; i < COUNTED.size(); i++) {
      long median = median(counted, i);
      sum += median;
      console.println(COUNTED.get(i) + " " + median);
    }
    console.println("all " + sum);
    gateway.close();
  }

  private static Gateway gateway(Path folder, int provider) throws Exception {
    String yaml =
        """
        server: {host: 127.0.0.1, port: 0, transport: epoll}
        observability: {metrics_port: 0, log_level: info}
        journal: {url: "sqlite:%s"}
        providers:
          - {name: openai, base_url: "http://127.0.0.1:%d/v1", api_key: k, models: [gpt-4.1]}
        """
            .formatted(folder.resolve("journal.db"), provider);
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    return switch (new ConfigLoader(Map.of()).load(file, List.of())) {
      case LoadedConfig.Loaded loaded -> Gateway.start(loaded.config());
      case LoadedConfig.Rejected rejected ->
          throw new IllegalStateException(rejected.problems().toString());
    };
  }

  /** Bytes per request of each thread, of one batch. */
  private static long[] count(ClosedLoad load) throws InterruptedException {
    long[] before = bytes();
    load.send(BATCH);
    long[] after = bytes();
    Arrays.setAll(after, i -> (after[i] - before[i]) / BATCH);
    return after;
  }

  /** Bytes of each thread so far, when nothing is under way. */
  private static long[] bytes() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(WRITTEN_MILLIS);
    return COUNTED.stream().mapToLong(AllocatedBytes::bytes).toArray();
  }

  private static long bytes(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.threadId()))
        .sum();
  }

  private static long median(long[][] counted, int thread) {
    long[] sorted = Arrays.stream(counted).mapToLong(batch -> batch[thread]).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
