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
 * The gateway's end of a socket. The test is the peer.
 *
 * <p>Bytes from the peer are read in a separate turn, and only while the gateway reads. The peer
 * reads what the gateway writes at once, unless it {@linkplain #setReading does not read}: then the
 * bytes stay in Netty's buffer, and the channel is not writable once that is full.
 */
final class FakeChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final SocketAddress remote;
  private final Queue<Object> incoming = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Runnable whenWritten = () -> {};
  private boolean reading = true;
  private boolean open = true;
  private boolean registered;
  private boolean readsSoon;

  /** Events of the peer other than bytes. */
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

  /** The last handler of the pipeline. */
  ChannelHandlerContext last() {
    return pipeline().context("last");
  }

  /** Sends bytes from the peer, which are read together. */
  void send(byte[] bytes) {
    arrives(bytes);
  }

  /** Closes the peer's end. Bytes sent before are still read. */
  void end() {
    arrives(Sign.END);
  }

  /** Resets the connection from the peer's side. */
  void reset() {
    arrives(Sign.RESET);
  }

  /** Sets whether the peer reads. */
  void setReading(boolean reading) {
    this.reading = reading;
    if (reading && open) {
      unsafe().flush();
    }
  }

  /** Sets an action that runs whenever the peer has received bytes. */
  void whenWritten(Runnable action) {
    whenWritten = action;
  }

  /** Removes and returns the bytes that the peer has received. */
  byte[] takeWritten() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }

  /** The peer's bytes that the gateway has not read yet. */
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
    while (reading && out.current() instanceof ByteBuf bytes) {
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

  /** Stands in for the handler of Vert.x that reads what our handlers pass on. */
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
