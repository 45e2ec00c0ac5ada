package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.gateway.loop.IgnoredTrailers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes HTTP/1.1 replies and detects unsolicited bytes. */
final class ReplyDecoder extends HttpResponseDecoder {
  private static final HttpDecoderConfig LIMITS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(64 * 1024)
          .setMaxChunkSize(64 * 1024)
          .setTrailersFactory(IgnoredTrailers.INSTANCE);

  /** The position of the status in {@code HTTP/1.1 408}. */
  private static final int STATUS_AT = 9;

  private static final int REQUEST_TIMEOUT = ('4' << 16) | ('0' << 8) | '8';

  private final UpstreamConnection connection;

  ReplyDecoder(UpstreamConnection connection) {
    super(LIMITS);
    this.connection = connection;
  }

  /** Whether no byte of a next reply has arrived. */
  boolean isEmpty() {
    return actualReadableBytes() == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (connection.isIdle() && message instanceof ByteBuf bytes && bytes.isReadable()) {
      boolean isTimeout = isTimeout(bytes);
      bytes.release();
      connection.readWhileIdle(isTimeout);
    } else {
      super.channelRead(context, message);
    }
  }

  /** Some servers send a 408 on an idle connection before closing it. */
  private static boolean isTimeout(ByteBuf bytes) {
    return bytes.readableBytes() >= STATUS_AT + 3
        && bytes.getUnsignedMedium(bytes.readerIndex() + STATUS_AT) == REQUEST_TIMEOUT;
  }
}
