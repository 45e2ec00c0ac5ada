package com.langdock.reliability.e2e.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A real Redis without persistence, on a port of its own, that can be killed and started again. */
public final class RedisProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);
  private static @Nullable Path binary;

  private final Path folder;
  private final List<String> settings;
  private final int port;
  private Process process;

  private RedisProcess(int port, List<String> settings) throws IOException {
    this.port = port;
    this.settings = settings;
    this.folder = Files.createTempDirectory("redis");
    folder.toFile().deleteOnExit();
    this.process = launch();
  }

  /** Starts one; {@code settings} are options of its command line. */
  public static RedisProcess start(String... settings) {
    try {
      return new RedisProcess(freePort(), List.of(settings));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** A port that is free, and the one of a cluster's bus above it too. */
  private static int freePort() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < 55_000) {
          return port;
        }
      }
    }
    throw new IOException("no free port below 55000");
  }

  /** The binary that the library brings for this machine, unpacked once. */
  private static synchronized Path binary() throws IOException {
    Path known = binary;
    if (known != null) {
      return known;
    }
    Path unpacked = Files.createTempDirectory("redis-binary");
    Path file = ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get().toPath();
    unpacked.toFile().deleteOnExit(); // the last one added is deleted first
    file.toFile().deleteOnExit();
    binary = file;
    return file;
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(List.of(binary().toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", folder.toString()));
    command.addAll(settings);
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitListening();
    return started;
  }

  private void awaitListening() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        sleep(20);
      }
    }
    throw new IOException("redis does not listen on " + port);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return port;
  }

  /** A connection, with a password where it needs one. */
  Jedis connect(String password) {
    return new Jedis(
        new HostAndPort("127.0.0.1", port),
        DefaultJedisClientConfig.builder()
            .password(password.isEmpty() ? null : password)
            .timeoutMillis(5_000)
            .build());
  }

  /** A connection without a password. */
  public Jedis connect() {
    return connect("");
  }

  /** Ends it at once; it forgets everything. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again, empty. */
  void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() throws IOException {
    kill();
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    }
  }
}
