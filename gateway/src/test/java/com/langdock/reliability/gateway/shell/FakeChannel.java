package com.langdock.reliability.gateway.shell;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The gateway's end of a socket whose other end is the test.
 *
 * <p>What the peer sends is read in a turn of its own, and only while the gateway reads. What the
 * gateway writes is taken at once, unless the peer {@linkplain #takes does not take it}: then it
 * stays in Netty's buffer, and the channel is no longer writable when that is full.
 */
final class FakeChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final SocketAddress remote;
  private final Queue<Object> incoming = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Runnable whenWritten = () -> {};
  private boolean takes = true;
  private boolean open = true;
  private boolean registered;
  private boolean readsSoon;

  /** What the peer does beside sending bytes. */
  private enum Sign {
    END,
    RESET
  }

  /** A connected channel on {@code loop} whose buffers come from {@code allocator}. */
  FakeChannel(FakeEventLoop loop, ByteBufAllocator allocator) {
    super(null);
    this.remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    config.setAllocator(allocator);
    var _ = loop.register(this);
    pipeline().addLast("last", new Discarded());
  }

  /** The handler behind which nobody reads. */
  ChannelHandlerContext last() {
    return pipeline().context("last");
  }

  /** The peer sends these bytes, which are read together. */
  void send(byte[] bytes) {
    arrives(bytes);
  }

  /** The peer closes its end; what it sent before is still read. */
  void end() {
    arrives(Sign.END);
  }

  /** The peer's machine resets the connection. */
  void reset() {
    arrives(Sign.RESET);
  }

  /** Whether the peer takes what is written to it. */
  void takes(boolean takes) {
    this.takes = takes;
    if (takes && open) {
      unsafe().flush();
    }
  }

  /** Calls {@code action} whenever the peer has got something. */
  void whenWritten(Runnable action) {
    whenWritten = action;
  }

  /** All that the peer has got and not been asked for yet. */
  byte[] takeWritten() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }

  /** Bytes of the peer that were not read yet. */
  boolean hasUnread() {
    return !incoming.isEmpty();
  }

  private void arrives(Object what) {
    if (open) {
      incoming.add(what);
      readSoon();
    }
  }

  private void readSoon() {
    if (!readsSoon && !incoming.isEmpty()) {
      readsSoon = true;
      eventLoop().execute(this::readNext);
    }
  }

  private void readNext() {
    readsSoon = false;
    if (!open || !config.isAutoRead() || incoming.isEmpty()) {
      return;
    }
    switch (incoming.remove()) {
      case byte[] bytes -> {
        ByteBuf read = alloc().directBuffer(Math.max(bytes.length, 1)).writeBytes(bytes);
        pipeline().fireChannelRead(read);
        pipeline().fireChannelReadComplete();
      }
      case Sign.END -> {
        var _ = close();
      }
      case Object reset -> {
        pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        var _ = close();
      }
    }
    readSoon();
  }

  @Override
  protected void doBeginRead() {
    readSoon();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    boolean any = false;
    while (takes && out.current() instanceof ByteBuf bytes) {
      written.writeBytes(ByteBufUtil.getBytes(bytes));
      out.remove();
      any = true;
    }
    if (any) {
      eventLoop().execute(whenWritten);
    }
  }

  @Override
  protected void doClose() {
    open = false;
    incoming.clear();
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    registered = true;
    promise.setSuccess();
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && registered;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop instanceof FakeEventLoop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return remote;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  protected void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("connected already");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Connected();
  }

  private final class Connected extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remoteAddress, SocketAddress local, ChannelPromise promise) {
      promise.setSuccess();
    }
  }

  /** Stands where Vert.x would read what our handlers leave. */
  private static final class Discarded extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      throw new AssertionError("a handler let this through", cause);
    }
  }
}
