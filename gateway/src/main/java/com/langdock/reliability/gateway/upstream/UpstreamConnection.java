package com.langdock.reliability.gateway.upstream;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection to a provider: carries one call at a time, and is used again when it can be. */
final class UpstreamConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

  private final UpstreamPool pool;
  private final Channel channel;

  private @Nullable UpstreamCall call;
  private @Nullable RequestWriter writer;
  private boolean used;
  private boolean informs;
  private boolean staysOpen;
  private long idleUntil;

  UpstreamConnection(UpstreamPool pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
    this.idleUntil = pool.idleUntil(null);
  }

  /** Sends the request of {@code call}, whose reply goes to it. */
  void carry(UpstreamCall call, RequestHead head, UpstreamRequest request) {
    this.call = call;
    writer = new RequestWriter(channel, head, request);
  }

  /** Whether it has carried a call to its end before. */
  boolean isUsed() {
    return used;
  }

  /** Whether it can be used at {@code now}. */
  boolean isFresh(long now) {
    return channel.isActive() && now - idleUntil < 0;
  }

  /** Reads on, or reads nothing more for now. */
  void read(boolean on) {
    channel.config().setAutoRead(on);
  }

  /** Closes it; its call hears nothing more. */
  void close() {
    call = null;
    hangUp();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (call == null || part.decoderResult().isFailure()) {
      hangUp();
      return;
    }
    if (part instanceof HttpResponse head) {
      head(call, head);
    }
    if (part instanceof HttpContent body && !informs) {
      body(body);
    }
  }

  private void head(UpstreamCall call, HttpResponse head) {
    informs = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (!informs) {
      staysOpen = HttpUtil.isKeepAlive(head);
      idleUntil = pool.idleUntil(head.headers().get(KEEP_ALIVE));
      call.head(head.status().code(), head.headers()::get);
    }
  }

  private void body(HttpContent body) {
    if (body.content().isReadable() && call != null) {
      call.heard(ByteBufUtil.getBytes(body.content()));
    }
    if (body instanceof LastHttpContent && call != null) {
      ended(call);
    }
  }

  private void ended(UpstreamCall whole) {
    call = null;
    used = true;
    // A provider may answer before it has read all of the request.
    if (staysOpen && Objects.requireNonNull(writer).isDone()) {
      read(true);
      pool.keep(this);
    } else {
      hangUp();
    }
    whole.whole();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    pool.forget(this);
    UpstreamCall carried = call;
    call = null;
    if (carried != null) {
      carried.lost(used);
    }
    super.channelInactive(context);
  }

  /** Whatever went wrong, nothing more can be expected from this connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    pool.thrown(cause);
    hangUp();
  }

  private void hangUp() {
    var _ = channel.close(); // What comes of it is heard when the channel is inactive.
  }
}
