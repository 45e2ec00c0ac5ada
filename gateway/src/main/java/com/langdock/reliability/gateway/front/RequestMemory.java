package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.exchange.Exchange;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all requests in flight may take together: bodies, the places of their values,
 * translated copies, and whole answers until they are sent. Thread-safe.
 *
 * <p>A quarter is kept for small requests, which so do not compete with large ones, and one address
 * gets three quarters of the rest at most. What does not fit is refused, never waited for.
 */
public final class RequestMemory {
  /** A request is small while it takes no more bytes than this. */
  static final long SMALL = 64 * 1024;

  /** For so long after a refusal the gateway counts as overloaded. */
  static final long OVERLOADED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Ticker ticker;
  private final long smallCapacity;
  private final long largeCapacity;
  private final long addressCapacity;
  private final AtomicLong small = new AtomicLong();
  private final AtomicLong large = new AtomicLong();

  /** What each address takes of the large part; addresses that take nothing are not in it. */
  private final Map<InetAddress, Long> byAddress = new ConcurrentHashMap<>();

  private volatile long refusedAt;
  private volatile boolean everRefused;

  /** A memory of {@code capacity} bytes. */
  public RequestMemory(long capacity, Ticker ticker) {
    this.ticker = ticker;
    this.smallCapacity = capacity / 4;
    this.largeCapacity = capacity - smallCapacity;
    this.addressCapacity = largeCapacity / 4 * 3;
  }

  /** What a request holds besides its body: the places of its values, and a translated copy. */
  static long heldBeside(Exchange request) {
    int body = request.payload().body().length();
    return body <= SMALL && request.payload().root().indexBytes() <= SMALL
        ? 0
        : request.payload().root().indexBytes() + body;
  }

  /** The share of one request, empty at first; null when the client has left. */
  Share share(@Nullable InetAddress client) {
    return new Share(this, client);
  }

  /** Bytes taken now. */
  public long taken() {
    return small.get() + large.get();
  }

  /** Bytes that may be taken. */
  public long capacity() {
    return smallCapacity + largeCapacity;
  }

  /** The part of all bytes that is taken. */
  public double used() {
    return (double) taken() / capacity();
  }

  /** Whether something was refused in the last seconds because all is taken. */
  public boolean isOverloaded() {
    return everRefused && ticker.nanos() - refusedAt < OVERLOADED_NANOS;
  }

  private boolean takeSmall(long bytes) {
    if (small.addAndGet(bytes) <= smallCapacity) {
      return true;
    }
    small.addAndGet(-bytes);
    return false;
  }

  private boolean takeLarge(@Nullable InetAddress client, long bytes) {
    if (client != null && byAddress.merge(client, bytes, Long::sum) > addressCapacity) {
      giveBack(client, bytes);
      return false; // Others still find room: one greedy client is no overload.
    }
    if (large.addAndGet(bytes) <= largeCapacity) {
      return true;
    }
    giveBackLarge(client, bytes);
    refusedAt = ticker.nanos();
    everRefused = true;
    return false;
  }

  private void giveBackLarge(@Nullable InetAddress client, long bytes) {
    large.addAndGet(-bytes);
    if (client != null) {
      giveBack(client, bytes);
    }
  }

  private void giveBack(InetAddress client, long bytes) {
    byAddress.computeIfPresent(
        client, (address, taken) -> taken == bytes ? null : Long.valueOf(taken - bytes));
  }

  /** What one request takes; lives on its event loop. */
  static final class Share {
    private final RequestMemory memory;
    private final @Nullable InetAddress client;
    private long taken;
    private boolean isLarge;

    private Share(RequestMemory memory, @Nullable InetAddress client) {
      this.memory = memory;
      this.client = client;
    }

    /** Takes {@code bytes} more, or nothing when they do not fit. */
    boolean tryTake(long bytes) {
      if (isLarge) {
        return memory.takeLarge(client, bytes) && add(bytes);
      }
      if (taken + bytes <= SMALL && memory.takeSmall(bytes)) {
        return add(bytes);
      }
      if (!memory.takeLarge(client, taken + bytes)) {
        return false;
      }
      memory.small.addAndGet(-taken);
      isLarge = true;
      return add(bytes);
    }

    private boolean add(long bytes) {
      taken += bytes;
      return true;
    }

    /** Gives {@code bytes} of what was taken back, or all there is if it is less. */
    void giveBack(long bytes) {
      long given = Math.min(bytes, taken);
      taken -= given;
      if (isLarge) {
        memory.giveBackLarge(client, given);
      } else if (given > 0) {
        memory.small.addAndGet(-given);
      }
    }

    /** Gives all back. */
    void release() {
      giveBack(taken);
    }

    /** Bytes taken now. */
    long taken() {
      return taken;
    }
  }
}
