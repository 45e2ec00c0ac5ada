package com.langdock.reliability.gateway.server;

import com.langdock.reliability.gateway.loop.IgnoredTrailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests one at a time: bytes of a pipelined request stay undecoded until it is
 * requested.
 *
 * <p>Decoded requests take some eighteen times the memory of their bytes, so a client that sends
 * many ahead costs its bytes only, and no more than {@link #MAX_UNDECODED} and one read of them.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** With more undecoded bytes than this the socket is not read. */
  static final int MAX_UNDECODED = 64 * 1024;

  private static final HttpDecoderConfig CONFIG =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(32 * 1024)
          .setMaxChunkSize(64 * 1024)
          .setTrailersFactory(IgnoredTrailers.INSTANCE);

  private final BooleanSupplier wantsMore;
  private @Nullable ChannelHandlerContext context;
  private boolean decoding;

  /**
   * A decoder that decodes while {@code wantsMore} is true.
   *
   * @param wantsMore checked before each part of a request
   */
  RequestDecoder(BooleanSupplier wantsMore) {
    super(CONFIG);
    this.wantsMore = wantsMore;
  }

  /** Decodes waiting bytes, if they are wanted now. Call when that may have changed. */
  void resume() {
    ChannelHandlerContext added = context;
    if (decoding || added == null || added.isRemoved()) {
      return; // A loop that runs already asks again by itself.
    }
    if (internalBuffer().isReadable()) {
      channelRead(added, Unpooled.EMPTY_BUFFER);
    } else {
      limitReading(added);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext added, Object bytes) {
    decoding = true;
    try {
      super.channelRead(added, bytes);
    } catch (Exception problem) {
      added.fireExceptionCaught(problem);
    } finally {
      decoding = false;
    }
    limitReading(added);
  }

  /** The superclass would read more, because it has decoded nothing. */
  @Override
  public void channelReadComplete(ChannelHandlerContext added) throws Exception {
    if (added.channel().config().isAutoRead()) {
      super.channelReadComplete(added);
    } else {
      added.fireChannelReadComplete();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext added, ByteBuf bytes, List<Object> parts)
      throws Exception {
    if (wantsMore.getAsBoolean()) {
      super.decode(added, bytes, parts);
    }
  }

  private void limitReading(ChannelHandlerContext added) {
    ChannelConfig config = added.channel().config();
    boolean reads = internalBuffer().readableBytes() <= MAX_UNDECODED || wantsMore.getAsBoolean();
    if (config.isAutoRead() != reads) {
      config.setAutoRead(reads);
    }
  }
}
