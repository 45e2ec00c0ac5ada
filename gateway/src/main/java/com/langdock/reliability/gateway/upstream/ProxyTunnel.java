package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests a tunnel from an HTTP proxy (RFC 9110, 9.3.6), and leaves the pipeline when it is open.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
  private static final int MAX_HEAD = 8 * 1024;
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private static final String HEAD_END = "\r\n\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

  private final Upstream upstream;
  private final UpstreamProxy proxy;
  private final Consumer<@Nullable Throwable> opened;
  private final StringBuilder head = new StringBuilder();
  private boolean ended;

  /** A tunnel that calls {@code opened} with null on success, or with the problem. */
  ProxyTunnel(Upstream upstream, UpstreamProxy proxy, Consumer<@Nullable Throwable> opened) {
    this.upstream = upstream;
    this.proxy = proxy;
    this.opened = opened;
  }

  /** Sends the request to the proxy on {@code channel}. */
  void open(Channel channel) {
    String name = upstream.host().indexOf(':') < 0 ? upstream.host() : "[" + upstream.host() + "]";
    String target = name + ":" + upstream.port();
    StringBuilder request = new StringBuilder();
    request.append("CONNECT ").append(target).append(" HTTP/1.1\r\nhost: ").append(target);
    if (proxy.authorization() != null) {
      request.append("\r\nproxy-authorization: ").append(proxy.authorization());
    }
    request.append("\r\n\r\n");
    var _ = channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), request));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    head.append(bytes.toString(StandardCharsets.ISO_8859_1));
    bytes.release();
    int end = head.indexOf(HEAD_END);
    if (end >= 0) {
      UnreachableReason problem = problem(status());
      // A provider does not send first, so further bytes would be the proxy's.
      boolean hasMore = end + HEAD_END.length() < head.length();
      end(context, problem == null && hasMore ? UnreachableReason.PROXY_REFUSED : problem);
    } else if (head.length() > MAX_HEAD) {
      end(context, UnreachableReason.PROXY_REFUSED);
    }
  }

  private int status() {
    Matcher status = STATUS.matcher(head);
    return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
  }

  private static @Nullable UnreachableReason problem(int status) {
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      return UnreachableReason.PROXY_CREDENTIALS;
    }
    return status >= OK && status < REDIRECTION ? null : UnreachableReason.PROXY_REFUSED;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(context, UnreachableReason.PROXY_REFUSED);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, UnreachableReason.PROXY_REFUSED);
  }

  private void end(ChannelHandlerContext context, @Nullable UnreachableReason problem) {
    if (!ended) {
      ended = true;
      if (!context.isRemoved()) {
        context.pipeline().remove(this);
      }
      opened.accept(problem == null ? null : new ConnectionFailure(problem));
    }
  }
}
