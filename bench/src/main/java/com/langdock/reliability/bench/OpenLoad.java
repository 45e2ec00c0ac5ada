package com.langdock.reliability.bench;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends requests at a fixed rate, however fast they are answered, and prints how long answers took
 * from when their requests were due: a request that had to wait for its turn here has waited.
 */
public final class OpenLoad {
  private static final int WARM_SECONDS = 8;
  private static final int WARM_RATE = 8_000;
  private static final int WARM_SIZE = 1_000;

  /** What a load does before it is measured: connections are made, code is compiled once more. */
  private static final int LEAD_SECONDS = 1;

  /** How often a target that does not listen yet is asked, at most, and how long after each. */
  private static final int MAX_KNOCKS = 10_000;

  private static final long KNOCK_MILLIS = 3;

  private OpenLoad() {}

  /**
   * Arguments: the port to warm up with, the target's port, the size of a request in bytes,
   * requests per second, how many lines to print, how many seconds each is for, and 1 if the first
   * seconds of the target count. Prints "ready" when it is warm, waits until the target listens,
   * then prints a {@link Tally#line} for each window.
   */
  public static void main(String[] arguments) throws Exception {
    int[] numbers = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
    EventLoop loop = OneLoop.begin();
    warmUp(loop, numbers[0]);
    System.out.println("ready");
    awaitPort(numbers[1]);
    FixedRate load = FixedRate.begin(loop, numbers[1], numbers[2], numbers[3]);
    if (numbers[6] == 0) {
      TimeUnit.SECONDS.sleep(LEAD_SECONDS);
      load.next();
    }
    for (int line = 0; line < numbers[4]; line++) {
      TimeUnit.SECONDS.sleep(numbers[5]);
      System.out.println(load.next().line());
    }
    System.exit(0);
  }

  /** On all cores, since a cold load could not keep to a rate; then on the last one only. */
  private static void warmUp(EventLoop loop, int port) throws Exception {
    FixedRate load = FixedRate.begin(loop, port, WARM_SIZE, WARM_RATE);
    TimeUnit.SECONDS.sleep(WARM_SECONDS);
    load.end();
    LastCore.moveIn();
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int knock = 0; knock < MAX_KNOCKS; knock++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException refused) {
        TimeUnit.MILLISECONDS.sleep(KNOCK_MILLIS);
      }
    }
    throw new IllegalStateException("nothing listens on port " + port);
  }
}
