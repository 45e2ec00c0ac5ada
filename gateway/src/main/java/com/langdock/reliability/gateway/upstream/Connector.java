package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes connections to one provider, on one event loop. */
@FunctionalInterface
public interface Connector {
  /**
   * Connects. The result is delivered later on the event loop: the last handler of the new
   * connection's pipeline, or the reason why there is no connection.
   *
   * @param nanos how long the caller waits before it cancels
   */
  Pending connect(
      long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected);

  /** A pending connection. */
  interface Pending {
    /** Closes open channels; no result is delivered. */
    void cancel();

    /** The step it waits for, as the reason for a timeout. */
    default UnreachableReason waitsFor() {
      return UnreachableReason.CONNECT_TIMED_OUT;
    }
  }
}
