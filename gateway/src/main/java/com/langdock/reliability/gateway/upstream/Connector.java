package com.langdock.reliability.gateway.upstream;

import io.netty.channel.ChannelHandlerContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes connections to one provider, on one event loop. */
@FunctionalInterface
public interface Connector {
  /**
   * Connects within {@code nanos}; what comes of it is told later, on the event loop: the handler
   * of the new connection's pipeline before which it is read, or why there is no connection.
   */
  void connect(
      long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected);
}
