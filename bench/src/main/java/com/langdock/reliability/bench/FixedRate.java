package com.langdock.reliability.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to one port at a fixed rate, however fast they are answered. All of it happens on
 * one event loop.
 *
 * <p>A request that is due takes the connection that has been free for longest. Where none is free
 * it stays due and goes out with the first that gets free; its wait counts, because its time is
 * measured from when it was due.
 */
final class FixedRate implements Line.Listener {
  /** With more, a moment's delay would be answered by using more connections, which delays more. */
  private static final int CONNECTIONS = 128;

  /** How often it looks for what is due. Finer would take more of the core than the requests do. */
  private static final long TICK_MICROS = 200;

  /** The answers of one window that are remembered. */
  private static final int ROOM = 200_000;

  /** How long after a connection was lost, or refused, it is tried again. */
  private static final long CONNECT_AGAIN_MILLIS = 10;

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final ByteBuf request;
  private final Pace pace;
  private final ArrayDeque<Line> free = new ArrayDeque<>(CONNECTIONS);
  private Tally tally = new Tally(ROOM);
  private boolean over;

  private FixedRate(EventLoop loop, int port, int size, int rate) {
    byte[] bytes = Requests.overHttp(port, size).getBytes(StandardCharsets.US_ASCII);
    this.loop = loop;
    this.request = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    this.pace = new Pace(System.nanoTime(), rate);
    this.bootstrap = OneLoop.connections(loop, port, () -> new Line(this));
  }

  /** Begins to send at once: {@code rate} requests of {@code size} bytes a second. */
  static FixedRate begin(EventLoop loop, int port, int size, int rate) {
    FixedRate load = new FixedRate(loop, port, size, rate);
    loop.execute(() -> {
      for (int i = 0; i < CONNECTIONS; i++) {
        load.connect();
      }
      load.tick();
    });
    return load;
  }

  /** Returns what was seen since the last time, and counts anew. */
  Tally next() throws InterruptedException, ExecutionException {
    Tally fresh = new Tally(ROOM); // made on the caller's thread: its arrays are large
    return loop.submit(
            () -> {
              Tally seen = tally;
              tally = fresh;
              return seen;
            })
        .get();
  }

  /** Sends no more. */
  void end() throws InterruptedException, ExecutionException {
    loop.submit(() -> over = true).get();
  }

  @Override
  public void free(Line line) {
    free.add(line);
    sendDue();
  }

  @Override
  public void answered(int status, long due) {
    tally.answered(status, System.nanoTime() - due);
  }

  @Override
  public void lost(Line line) {
    free.remove(line);
    connectLater();
  }

  private void connect() {
    bootstrap
        .connect()
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            connectLater();
          }
        });
  }

  private void connectLater() {
    if (!over) {
      var _ = loop.schedule(this::connect, CONNECT_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    if (!over) {
      sendDue();
      var _ = loop.schedule(this::tick, TICK_MICROS, TimeUnit.MICROSECONDS);
    }
  }

  private void sendDue() {
    long now = System.nanoTime();
    while (!over && !free.isEmpty() && pace.isDue(now)) {
      Line line = free.remove();
      long due = pace.take();
      if (due - line.freeSince() >= 0) {
        tally.sentLate(now - due);
      }
      line.send(request, due);
    }
  }
}
