package com.langdock.reliability.gateway.server;

import java.util.concurrent.TimeUnit;

/** How fast one body after the other arrives on a connection. Not thread-safe. */
final class BodyPace {
  /** The longest silence inside a body. */
  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The time for a whole body, plus one second for each {@link #BYTES_A_SECOND}. */
  static final long WHOLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  static final long BYTES_A_SECOND = 100_000;

  private long began;
  private long bytes;

  /** A body is requested at {@code now}, of which {@code received} bytes have come. */
  void begin(long now, long received) {
    began = now;
    bytes = received;
  }

  /** Records {@code more} bytes. */
  void add(long more) {
    bytes += more;
  }

  /** The bytes so far. */
  long bytes() {
    return bytes;
  }

  /** Whether too little has come, of which the last byte {@code silence} ago. */
  boolean isTooSlow(long now, long silence) {
    return silence > SILENCE_NANOS
        || now - began > WHOLE_NANOS + bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND;
  }
}
