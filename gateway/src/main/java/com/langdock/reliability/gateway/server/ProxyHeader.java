package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.AddressRange;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header by which a proxy begins a connection (PROXY protocol, versions 1 and 2), then
 * leaves the pipeline. Without a valid one in time the connection is closed.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** The longest time until the header is whole. */
  static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(5);

  /** The most bytes that a header may have beside the addresses. */
  private static final int MOST_EXTRA_BYTES = 4 * 1024;

  private final Peer peer;
  private final ProxyRefusals refusals;
  private @Nullable Future<?> timer;
  private boolean refused;

  private ProxyHeader(Peer peer, ProxyRefusals refusals) {
    this.peer = peer;
    this.refusals = refusals;
  }

  /** Has {@code pipeline} begin with the header, which announces {@code peer}. */
  static void addTo(ChannelPipeline pipeline, Peer peer, ProxyRefusals refusals) {
    pipeline.addFirst(new HAProxyMessageDecoder(MOST_EXTRA_BYTES), new ProxyHeader(peer, refusals));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    timer =
        context
            .executor()
            .schedule(
                () -> refuse(context, ProxyRefusals.Reason.TIMEOUT),
                MOST_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!(message instanceof HAProxyMessage header)) {
      super.channelRead(context, message);
      return;
    }
    try {
      boolean isForClient = header.command() == HAProxyCommand.PROXY;
      String source = isForClient ? header.sourceAddress() : null;
      peer.announce(source == null ? null : AddressRange.address(source).orElse(null));
    } finally {
      header.release();
      context.pipeline().remove(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    if (cause instanceof DecoderException) {
      refuse(context, ProxyRefusals.Reason.INVALID);
    } else {
      super.exceptionCaught(context, cause);
    }
  }

  private void refuse(ChannelHandlerContext context, ProxyRefusals.Reason reason) {
    if (!refused) {
      refused = true;
      refusals.add(reason);
    }
    var _ = context.close();
  }
}
