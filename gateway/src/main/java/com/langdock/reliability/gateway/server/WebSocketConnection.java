package com.langdock.reliability.gateway.server;

import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection that has become a WebSocket. Each text message is a request; one runs at a
 * time, and a few more wait for it in their order. Lives on its event loop.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements FrameListener, OpenConnection {
  /** Messages that wait for the running one; more are refused. */
  static final int MAX_WAITING = 16;

  /** After so long without a byte sent, a ping keeps proxies from forgetting the connection. */
  static final long PING_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** The longest time for which the client's end is awaited after a close. */
  static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ConnectionContext server;
  private final Peer peer;
  private final Channel channel;
  private final MessageHandler handler;
  private final MessageHandler.Terms terms;
  private final MessageHead head;
  private final FrameDecoder decoder = new FrameDecoder(this, this::wantsMore);
  private final BodyPace pace = new BodyPace();
  private final Queue<SocketTurn> waiting = new ArrayDeque<>();
  private final long opened;

  /** The message that arrives, null between messages. */
  private @Nullable SocketTurn arriving;

  /** The whole message that is being answered, null if none is. */
  private @Nullable SocketTurn running;

  private @Nullable ChannelHandlerContext decoding;
  private boolean draining;
  private boolean closing;
  private boolean closed;
  private long lastHeard;
  private long lastSent;
  private long idleSince;

  WebSocketConnection(
      ConnectionContext server,
      Peer peer,
      HttpRequest handshake,
      MessageHandler handler,
      MessageHandler.Terms terms) {
    this.server = server;
    this.peer = peer;
    this.channel = peer.channel();
    this.handler = handler;
    this.terms = terms;
    this.head = MessageHead.of(handshake);
    this.opened = server.ticker().nanos();
    this.lastHeard = opened;
    this.lastSent = opened;
    this.idleSince = opened;
  }

  /** Takes the place of the handlers of HTTP; undecoded bytes go to its decoder. */
  void replace(RequestDecoder requests, ClientConnection connection) {
    channel.pipeline().replace(connection, null, this);
    channel.pipeline().replace(requests, null, decoder);
    decoding = channel.pipeline().context(decoder);
  }

  private boolean wantsMore() {
    return closing || channel.isWritable();
  }

  @Override
  public void begins(long length) {
    if (closing) {
      return;
    }
    SocketTurn turn = turn(length);
    arriving = turn;
    lastHeard = now();
    pace.begin(lastHeard, 0);
    if (draining) {
      refuse(turn, MessageHandler.Problem.STOPPING, CloseCode.GOING_AWAY);
    } else if (isOld(lastHeard)) {
      refuse(turn, MessageHandler.Problem.TOO_OLD, CloseCode.TOO_OLD);
    } else if (waiting.size() >= MAX_WAITING) {
      refuse(turn, MessageHandler.Problem.TOO_MANY, null);
    } else {
      handler.handle(turn.request());
    }
  }

  private SocketTurn turn(long length) {
    return new SocketTurn(this, head.with(length), new ReceivedBody(server.bodies()), length);
  }

  private void refuse(
      SocketTurn turn, MessageHandler.Problem problem, @Nullable CloseCode closesWith) {
    if (closesWith != null) {
      turn.response().closeAfter(closesWith);
    }
    handler.refuse(turn.request(), problem);
  }

  @Override
  public void receives(ByteBuf bytes) {
    SocketTurn turn = arriving;
    if (closing || turn == null) {
      return;
    }
    lastHeard = now();
    pace.add(bytes.readableBytes());
    turn.receive(bytes);
    if (turn.response().isEnded() && pace.bytes() > terms.maxMessage()) {
      close(CloseCode.TOO_LARGE);
    }
  }

  @Override
  public void ends() {
    SocketTurn turn = arriving;
    arriving = null;
    if (closing || turn == null) {
      return;
    }
    if (!turn.response().isEnded()) {
      waiting.add(turn);
      runNext();
    } else if (draining && isIdle()) {
      close(CloseCode.GOING_AWAY);
    }
  }

  private void runNext() {
    while (running == null && !closing && !waiting.isEmpty()) {
      SocketTurn turn = waiting.remove();
      running = turn;
      turn.run();
    }
  }

  /** Sends messages, one a line. */
  void write(byte[] lines) {
    if (lines.length > 0) {
      lastSent = now();
      var _ = channel.writeAndFlush(Frames.of(lines, channel.alloc()), channel.voidPromise());
    }
  }

  /**
   * Sends the last messages of {@code turn}.
   *
   * @param closesWith closes the connection; null to keep it
   */
  void last(SocketTurn turn, byte[] lines, @Nullable CloseCode closesWith) {
    lastSent = now();
    idleSince = lastSent;
    ChannelFuture sent = channel.writeAndFlush(Frames.of(lines, channel.alloc()));
    boolean isRunning = turn == running;
    if (isRunning) {
      running = null;
    }
    waiting.remove(turn);
    if (lines.length > ClientResponse.LARGE) {
      sent.addListener(done -> turn.release());
    } else {
      turn.release();
    }
    if (closesWith != null) {
      close(closesWith);
    } else if (isRunning && (draining || handler.isStopping())) {
      endBecauseOfStop();
    } else if (isRunning) {
      runNext();
    }
  }

  /** Refuses what has not run, then closes. */
  private void endBecauseOfStop() {
    draining = true;
    turns().forEach(turn -> turn.response().stopped());
    close(CloseCode.GOING_AWAY);
  }

  @Override
  public void pinged(ByteBuf data) {
    lastHeard = now();
    if (!closing && channel.isWritable()) {
      var _ = channel.writeAndFlush(Frames.pong(data, channel.alloc()), channel.voidPromise());
    }
  }

  @Override
  public void ponged() {
    lastHeard = now();
  }

  @Override
  public void closes(int code) {
    if (closing) {
      hangUp();
      return;
    }
    closing = true;
    leave("client");
    channel
        .writeAndFlush(Frames.close(code, channel.alloc()))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void fails(CloseCode why) {
    close(why);
  }

  /** Closes with a reason; the running request is cancelled. */
  void close(CloseCode why) {
    if (closing) {
      return;
    }
    closing = true;
    lastHeard = now();
    leave(why.name().toLowerCase(Locale.ROOT));
    channel
        .writeAndFlush(Frames.close(why, channel.alloc()))
        .addListener(done -> SocketHandlers.endOutput(channel));
  }

  /** Ends all requests, whose client has left or is left. */
  private void leave(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    List<SocketTurn> open = turns();
    waiting.clear();
    running = null;
    arriving = null;
    try {
      open.forEach(SocketTurn::closed);
    } finally {
      handler.closed(reason);
    }
  }

  @Override
  public void drain() {
    draining = true;
    if (isIdle()) {
      close(CloseCode.GOING_AWAY);
    }
  }

  @Override
  public void stop() {
    draining = true;
    if (running == null || !running.response().stopped()) {
      close(CloseCode.GOING_AWAY);
    }
  }

  @Override
  public void review() {
    turns().forEach(turn -> turn.response().review());
  }

  /** All that have not ended. */
  private List<SocketTurn> turns() {
    List<SocketTurn> turns = new ArrayList<>(waiting);
    if (running != null) {
      turns.add(running);
    }
    if (arriving != null) {
      turns.add(arriving);
    }
    return turns;
  }

  @Override
  public void look(long now) {
    if (closing) {
      if (now - lastHeard > LINGER_NANOS) {
        hangUp();
      }
    } else if (arriving != null) {
      if (pace.isTooSlow(now, now - lastHeard) && !arriving.tooSlow()) {
        close(CloseCode.TOO_SLOW);
      }
    } else if (isIdle() && isOld(now)) {
      refuse(turn(0), MessageHandler.Problem.TOO_OLD, CloseCode.TOO_OLD);
    } else if (isIdle() && now - idleSince > terms.idleNanos()) {
      close(CloseCode.IDLE);
    } else if (now - lastSent > PING_NANOS && channel.isWritable()) {
      write(Frames.PING_LINE);
    }
  }

  private boolean isOld(long now) {
    return now - opened > terms.maxAgeNanos();
  }

  @Override
  public boolean isIdle() {
    return running == null && arriving == null && waiting.isEmpty() && !closing;
  }

  @Override
  public boolean hasAsked() {
    return true;
  }

  @Override
  public long silence() {
    return now() - Math.max(lastHeard, lastSent);
  }

  boolean isOpen() {
    return channel.isActive() && !closing;
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  Peer peer() {
    return peer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message); // The end of the request that was the handshake.
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (channel.isWritable()) {
      lastHeard = now();
      pace.begin(lastHeard, pace.bytes()); // a message that arrives has not been read
      if (running != null) {
        running.response().drained();
      }
      if (decoding != null) {
        decoder.resume(decoding);
      }
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    closing = true;
    try {
      leave("lost");
    } finally {
      super.channelInactive(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    SocketTurn at = arriving == null ? running : arriving;
    if (cause instanceof IOException) {
      hangUp();
    } else if (at == null || !at.response().crashed(cause)) {
      server.bugs().accept(cause);
      close(CloseCode.FAILED);
    }
  }

  private long now() {
    return server.ticker().nanos();
  }

  @Override
  public void hangUp() {
    closing = true;
    var _ = channel.close();
  }
}
