package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes connections to one provider, on one event loop. */
@FunctionalInterface
public interface Connector {
  /**
   * Connects; the result is told later, on the event loop: the handler of the new connection's
   * pipeline before which it is read, or why there is no connection.
   *
   * @param nanos how long the caller waits before it cancels
   */
  Pending connect(
      long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected);

  /** A connection that is being made. */
  interface Pending {
    /** Closes what is open; nothing is told any more. */
    void cancel();

    /** What it waits for, as the reason where that takes too long. */
    default UnreachableReason waitsFor() {
      return UnreachableReason.CONNECT_TIMED_OUT;
    }
  }
}
