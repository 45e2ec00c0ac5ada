package com.langdock.reliability.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A provider whose streams never end: each sends its first content at once and then one chunk every
 * few milliseconds, with the moment at which it was sent. A stream that is not read gets no more
 * until it is.
 */
final class StreamSource extends ChannelInitializer<Channel> {
  /** What stands before the moment, in nanoseconds and {@link #DIGITS} digits, in a chunk. */
  static final byte MARK = '@';

  static final int DIGITS = 19;

  private static final int MAX_REQUEST = 65_536;
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
  private static final String BEFORE =
      "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"gpt-4\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\""
          + (char) MARK;
  private static final String AFTER = "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
  private static final String SIZE =
      Integer.toHexString(BEFORE.length() + DIGITS + AFTER.length()) + "\r\n";

  private final List<List<Channel>> turns = new ArrayList<>();
  private int next;
  private int turn;

  private StreamSource(int periodMillis) {
    for (int i = 0; i < periodMillis; i++) {
      turns.add(new ArrayList<>());
    }
  }

  /** Listens on {@code port}; each stream has a chunk every {@code periodMillis}. */
  static void start(EventLoop loop, int port, int periodMillis) throws InterruptedException {
    StreamSource source = new StreamSource(periodMillis);
    new ServerBootstrap()
        .group(loop)
        .channel(EpollServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(source)
        .bind("127.0.0.1", port)
        .sync();
    var _ = loop.scheduleAtFixedRate(source::sendNext, 1, 1, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(new HttpRequestDecoder(), new HttpObjectAggregator(MAX_REQUEST), new Beginning());
  }

  /** Answers the one request of a connection. */
  private final class Beginning extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      List<Channel> own = turns.get(next++ % turns.size());
      Channel channel = context.channel();
      own.add(channel);
      channel.closeFuture().addListener(closed -> own.remove(channel));
      ByteBuf head = ByteBufUtil.writeAscii(channel.alloc(), HEAD);
      var _ = channel.write(head, channel.voidPromise());
      send(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      var _ = context.close(); // its reader has left
    }
  }

  private void sendNext() {
    for (Channel channel : List.copyOf(turns.get(turn++ % turns.size()))) {
      if (channel.isWritable()) {
        send(channel);
      }
    }
  }

  private static void send(Channel channel) {
    ByteBuf chunk = channel.alloc().directBuffer();
    String moment = Long.toString(System.nanoTime());
    ByteBufUtil.writeAscii(chunk, SIZE);
    ByteBufUtil.writeAscii(chunk, BEFORE);
    ByteBufUtil.writeAscii(chunk, "0".repeat(DIGITS - moment.length()));
    ByteBufUtil.writeAscii(chunk, moment);
    ByteBufUtil.writeAscii(chunk, AFTER);
    ByteBufUtil.writeAscii(chunk, "\r\n");
    var _ = channel.writeAndFlush(chunk, channel.voidPromise());
  }
}
