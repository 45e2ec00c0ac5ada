package com.langdock.reliability.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlushBatchTest {
  /** Records which socket was flushed. */
  private static final class Flushes extends ChannelOutboundHandlerAdapter {
    private final int number;
    private final List<Integer> seen;

    Flushes(int number, List<Integer> seen) {
      this.number = number;
      this.seen = seen;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      seen.add(number);
      context.flush();
    }
  }

  private final FlushBatch turnEnd = new FlushBatch();
  private final List<Integer> flushed = new ArrayList<>();

  @Test
  void writesAtTheEndOfTheTurn() {
    EmbeddedChannel socket = socket(1);
    ChannelFuture first = socket.pipeline().write("first");
    ChannelFuture second = socket.pipeline().write("second");
    socket.pipeline().flush();
    socket.pipeline().flush();
    assertThat(flushed).isEmpty();
    assertThat(first.isDone()).isFalse();

    socket.runPendingTasks();

    assertThat(flushed).containsExactly(1);
    assertThat(socket.outboundMessages()).containsExactly("first", "second");
    assertThat(second.isSuccess()).isTrue();
  }

  /** Netty closes it by itself where this is not asked for, and before the turn ends. */
  @Test
  void aHalfClosedConnectionEndsAfterWhatIsReady() {
    EmbeddedChannel socket = socket(1);
    write(socket, "answer");
    socket.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(socket.outboundMessages()).contains("answer");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void theNextTurnWritesAgain() {
    EmbeddedChannel socket = socket(1);
    write(socket, "first");
    socket.runPendingTasks();
    write(socket, "second");
    socket.runPendingTasks();

    assertThat(flushed).containsExactly(1, 1);
  }

  @Test
  void writesEarlyWithManySockets() {
    List<EmbeddedChannel> sockets =
        IntStream.range(0, FlushBatch.MOST_WAITING).mapToObj(this::socket).toList();

    sockets.subList(1, sockets.size()).forEach(socket -> socket.pipeline().flush());
    assertThat(flushed).isEmpty();
    sockets.getFirst().pipeline().flush();

    assertThat(flushed).hasSize(FlushBatch.MOST_WAITING).startsWith(1).endsWith(0);
  }

  @Test
  void writesAtOnceAfterARead() {
    EmbeddedChannel socket = socket(1);
    write(socket, "answer");
    List<Integer> flushedByThen = new ArrayList<>();
    socket
        .pipeline()
        .addFirst(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelReadComplete(ChannelHandlerContext context) {
                context.fireChannelReadComplete();
                flushedByThen.addAll(flushed); // What comes next may be the connection's end.
              }
            });

    socket.pipeline().fireChannelReadComplete();

    assertThat(flushedByThen).containsExactly(1);
    assertThat(socket.outboundMessages()).containsExactly("answer");
  }

  @Test
  void writesBeforeClosing() {
    EmbeddedChannel socket = socket(1);
    write(socket, "last words");

    assertThat(socket.pipeline().close().isSuccess()).isTrue();

    assertThat(socket.outboundMessages()).containsExactly("last words");
    socket.runPendingTasks();
    assertThat(flushed).containsExactly(1);
  }

  private static void write(EmbeddedChannel socket, String text) {
    ChannelFuture written = socket.pipeline().writeAndFlush(text);
    assertThat(written.isDone()).isFalse();
  }

  private EmbeddedChannel socket(int number) {
    EmbeddedChannel socket = new EmbeddedChannel();
    turnEnd.gather(socket);
    socket.pipeline().addFirst(new Flushes(number, flushed));
    return socket;
  }
}
