package com.langdock.reliability.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A provider that gives every request the same chat completion of 1 KB at once. */
final class CannedAnswers extends ChannelInitializer<Channel> {
  private static final int MAX_REQUEST = 65_536;
  private static final String BODY =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4.1\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
          + "All work and no play makes a gateway dull. ".repeat(12)
          + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
          + "{\"prompt_tokens\":200,\"completion_tokens\":82,\"total_tokens\":282}}";
  private static final ByteBuf ANSWER =
      Unpooled.copiedBuffer(
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY,
          StandardCharsets.US_ASCII);

  private CannedAnswers() {}

  /** Listens on a free port, and returns it. */
  static int start(EventLoop loop) throws InterruptedException {
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .childHandler(new CannedAnswers())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(new HttpRequestDecoder(), new HttpObjectAggregator(MAX_REQUEST), new Answering());
  }

  private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var _ = context.writeAndFlush(ANSWER.retainedDuplicate(), context.voidPromise());
    }
  }
}
