package com.langdock.reliability.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends a fixed number of requests, one after the other on each of a few connections. */
final class ClosedLoad implements Line.Listener {
  private static final int CONNECTIONS = 8;
  private static final int SIZE = 1_000;
  private static final int OK = 200;
  private static final long MOST_SECONDS = 60;

  private final EventLoop loop;
  private final ByteBuf request;
  private final ArrayDeque<Line> free = new ArrayDeque<>(CONNECTIONS);
  private int unsent;
  private CountDownLatch unanswered = new CountDownLatch(0);
  private int failed;

  private ClosedLoad(EventLoop loop, int port) {
    this.loop = loop;
    byte[] bytes = Requests.overHttp(port, SIZE).getBytes(StandardCharsets.US_ASCII);
    this.request = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }

  /** Connects to a port of this machine. */
  static ClosedLoad connect(EventLoop loop, int port) throws InterruptedException {
    ClosedLoad load = new ClosedLoad(loop, port);
    Bootstrap bootstrap = OneLoop.connections(loop, port, () -> new Line(load));
    for (int i = 0; i < CONNECTIONS; i++) {
      bootstrap.connect().sync();
    }
    return load;
  }

  /** Sends so many requests, and returns when all are answered. */
  void send(int requests) throws InterruptedException {
    CountDownLatch answers = new CountDownLatch(requests);
    loop.execute(() -> {
      unsent = requests;
      unanswered = answers;
      while (unsent > 0 && !free.isEmpty()) {
        sendOne(free.remove());
      }
    });
    if (!answers.await(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(answers.getCount() + " requests are not answered");
    }
    if (failed > 0) {
      throw new IllegalStateException(failed + " requests were not answered well");
    }
  }

  @Override
  public void free(Line line) {
    if (unsent > 0) {
      sendOne(line);
    } else {
      free.add(line);
    }
  }

  private void sendOne(Line line) {
    unsent--;
    line.send(request, 0);
  }

  @Override
  public void answered(int status, long due) {
    failed += status == OK ? 0 : 1;
    unanswered.countDown();
  }

  @Override
  public void lost(Line line) {
    free.remove(line);
  }
}
