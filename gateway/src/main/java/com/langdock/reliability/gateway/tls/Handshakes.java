package com.langdock.reliability.gateway.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes of one port that are under way. There is room for so many; for one more, the
 * oldest is ended, since a real client's takes milliseconds. Thread-safe.
 */
final class Handshakes {
  /** Handshakes at once. */
  static final int MOST = 1_024;

  private final int most;
  private final Set<Channel> open = new LinkedHashSet<>();
  private final Map<HandshakeFailure, Long> failures = new EnumMap<>(HandshakeFailure.class);

  /** Room for {@code most} handshakes. */
  Handshakes(int most) {
    this.most = most;
  }

  /** Counts a handshake that begins; returns the channel of one to end for it, null for none. */
  synchronized @Nullable Channel begin(Channel channel) {
    open.add(channel);
    if (open.size() <= most) {
      return null;
    }
    Iterator<Channel> oldest = open.iterator();
    Channel ended = oldest.next();
    oldest.remove();
    failures.merge(HandshakeFailure.CROWDED, 1L, Long::sum);
    return ended;
  }

  /** A handshake has ended, with {@code cause} if it failed. */
  synchronized void end(Channel channel, @Nullable Throwable cause) {
    if (open.remove(channel) && cause != null) {
      failures.merge(kind(cause), 1L, Long::sum);
    }
  }

  private static HandshakeFailure kind(Throwable cause) {
    if (cause instanceof SslHandshakeTimeoutException) {
      return HandshakeFailure.TIMEOUT;
    }
    return cause instanceof ClosedChannelException
        ? HandshakeFailure.CLOSED
        : HandshakeFailure.FAILED;
  }

  /** How many are under way. */
  synchronized int open() {
    return open.size();
  }

  /** How many have failed so. */
  synchronized long failed(HandshakeFailure how) {
    return failures.getOrDefault(how, 0L);
  }
}
