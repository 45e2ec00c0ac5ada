package com.langdock.reliability.gateway.shared;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Allotments;
import com.langdock.reliability.core.quota.Draw;
import com.langdock.reliability.gateway.limits.Drawing;
import com.langdock.reliability.gateway.limits.StoreListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Sends draws to Redis from one thread, a batch at a time; what comes meanwhile is the next batch.
 *
 * <p>A batch that is not answered within the timeout is late. After three that were late or failed
 * Redis is away: nobody waits for it any more, and it is asked four times a second whether it is
 * back, which it is when it answers within half the timeout.
 */
public final class RedisDrawing implements Drawing, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisDrawing.class);

  /** The name of the store in metrics and logs. */
  public static final String STORE = "redis";

  /** The most draws of one batch. */
  private static final int BATCH = 1_000;

  /** The most requests that wait at once. */
  private static final int MAX_WAITERS = 50_000;

  private static final int LATE_ENOUGH = 3;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 2_000;

  /** A connection is given up after so many timeouts. */
  private static final int PATIENCE = 5;

  private static final int LEAST_PATIENCE_MILLIS = 100;

  private final Allotments allotments;
  private final RedisClient client;
  private final Ticker ticker;
  private final StoreListener listener;
  private final ReplicaCount replicas = new ReplicaCount();
  private final String replica;
  private final long timeoutNanos;
  private final Thread thread;
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final Object lock = new Object();
  private List<Runnable> waiters = new ArrayList<>();
  private volatile boolean closed;

  private int late;
  private boolean hasBeaten;
  private long beatAt;
  private long triedAt;

  /**
   * What is drawn for one process.
   *
   * @param replica its name, which no other process ever had
   * @param timeoutNanos after which an answer is late
   */
  public record Rules(String replica, long timeoutNanos) {}

  /** Draws for {@code allotments}, from when it is started. */
  public RedisDrawing(
      Allotments allotments,
      RedisAddress address,
      Rules rules,
      StoreListener listener,
      Ticker ticker) {
    this.allotments = allotments;
    this.replica = rules.replica();
    this.timeoutNanos = rules.timeoutNanos();
    this.ticker = ticker;
    long patience = TimeUnit.NANOSECONDS.toMillis(PATIENCE * timeoutNanos);
    client = new RedisClient(address, (int) Math.max(LEAST_PATIENCE_MILLIS, patience));
    this.listener = listener;
    thread = new Thread(this::run, "shared-limits");
    thread.setDaemon(true);
  }

  /** How many gateways are alive, as far as is known. */
  public int replicas() {
    return allotments.replicas();
  }

  /** Begins to draw. */
  public void start() {
    allotments.wake(this::wake);
    thread.start();
  }

  private void wake() {
    if (signalled.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void whenDrawn(Runnable then) {
    synchronized (lock) {
      if (closed || waiters.size() >= MAX_WAITERS) {
        return;
      }
      waiters.add(then);
    }
    wake();
  }

  private void run() {
    while (!closed) {
      if (!signalled.getAndSet(false)) {
        LockSupport.parkNanos(LOOK_NANOS);
        signalled.set(false);
      }
      List<Runnable> asked = takeWaiters();
      try {
        step();
      } catch (RuntimeException bug) {
        LOG.atError().setCause(bug).log("drawing from shared limits failed");
      } finally {
        tell(asked);
      }
    }
    tell(takeWaiters());
    client.close();
  }

  private List<Runnable> takeWaiters() {
    synchronized (lock) {
      List<Runnable> taken = waiters;
      waiters = new ArrayList<>();
      return taken;
    }
  }

  private static void tell(List<Runnable> asked) {
    for (Runnable waiter : asked) {
      try {
        waiter.run();
      } catch (RuntimeException bug) {
        LOG.atError().setCause(bug).log("a request that waited for its limits failed");
      }
    }
  }

  /** Sends one batch if there is anything to send. */
  private void step() {
    long now = ticker.nanos();
    boolean wasAway = allotments.isAway();
    if (wasAway && now - triedAt < LOOK_NANOS) {
      return;
    }
    boolean beats = wasAway || !hasBeaten || now - beatAt >= BEAT_NANOS;
    List<Draw> draws = wasAway ? List.of() : allotments.take(BATCH, now);
    if (draws.size() == BATCH) {
      signalled.set(true); // The rest is the next batch.
    }
    if (draws.isEmpty() && !beats) {
      return;
    }
    triedAt = now;
    if (send(draws, beats, now) && beats) {
      hasBeaten = true;
      beatAt = now;
    }
  }

  private boolean send(List<Draw> draws, boolean beats, long sentAt) {
    List<Command> commands = new ArrayList<>(draws.size() + 1);
    draws.forEach(draw -> commands.add(Command.of(draw, replica)));
    if (beats) {
      commands.add(Command.heartbeat(replica));
    }
    List<Object> replies;
    try {
      replies = client.run(commands);
    } catch (JedisException failed) {
      draws.forEach(allotments::failed);
      listener.drawn(STORE, false, ticker.nanos() - sentAt);
      late(reason(failed));
      return false;
    }
    long now = ticker.nanos();
    for (int i = 0; i < draws.size(); i++) {
      Draw.Answer answer = Command.answer(draws.get(i), replies.get(i));
      allotments.answered(draws.get(i), answer, sentAt, now);
    }
    if (beats) {
      allotments.replicas(replicas.seen(((Long) replies.getLast()).intValue()));
    }
    listener.drawn(STORE, true, now - sentAt);
    long inTime = allotments.isAway() ? timeoutNanos / 2 : timeoutNanos;
    if (now - sentAt > inTime) {
      late("it answers late");
    } else {
      inTime(now);
    }
    return true;
  }

  private void late(String reason) {
    late++;
    if (late >= LATE_ENOUGH && !allotments.isAway()) {
      allotments.away(true, ticker.nanos());
      listener.changed(STORE, true, reason);
    }
  }

  private void inTime(long now) {
    late = 0;
    if (allotments.isAway()) {
      allotments.away(false, now);
      wake();
      listener.changed(STORE, false, null);
    }
  }

  /** In our own words: messages of the library may repeat what was sent. */
  private static String reason(JedisException failed) {
    return switch (failed) {
      case JedisAccessControlException denied -> "it refuses the user or password";
      case JedisConnectionException cut -> "it cannot be reached, or does not answer";
      default -> "it answers with an error";
    };
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
