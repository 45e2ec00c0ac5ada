package com.langdock.reliability.gateway.server;

import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, which serves one request after the other. The next one is decoded when the
 * previous one was read, answered and delivered to the socket.
 */
final class ClientConnection extends SimpleChannelInboundHandler<HttpObject>
    implements RequestSource, OpenConnection {
  /** Longer than the 90 seconds for which most clients' pools keep a connection. */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** The idle time for clients that the access policy refuses. */
  static final long STRANGER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The longest time for which input is discarded, so that the client can read its answer. */
  static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionContext server;
  private final Channel channel;
  private final RequestDecoder decoder = new RequestDecoder(this::wantsMore);
  private final Peer peer;

  /** The current request, null once it is answered. */
  private @Nullable ClientRequest request;

  private final ReceivedBody received;

  /** The WebSocket that the connection becomes when the request has been read; else null. */
  private @Nullable WebSocketConnection next;

  private Consumer<OpenConnection> whenUpgraded = upgraded -> {};

  /** The consumer of its body, null if there is none. */
  private @Nullable RequestBody body;

  /** Whether more of the current or the answered request is still to come. */
  private boolean receiving;

  private final BodyPace pace = new BodyPace();

  /** Whether reading has ended, because the connection ends. */
  private boolean closing;

  /** Whether it stays open only to discard the rest of the request. */
  private boolean lingering;

  private boolean asked;

  /** Whether closing has begun. */
  private boolean hungUp;

  private boolean speaksOld;
  private boolean lastRequest;
  private boolean draining;
  private long lastHeard;

  ClientConnection(ConnectionContext server, Channel channel) {
    super(false);
    this.server = server;
    this.channel = channel;
    this.received = new ReceivedBody(server.bodies());
    this.lastHeard = now();
    this.peer = new Peer(channel, server.proxies());
  }

  /** Calls {@code action} with the connection that takes its place, if one does. */
  void whenUpgraded(Consumer<OpenConnection> action) {
    whenUpgraded = action;
  }

  /** The decoder of its requests, which precedes it in the pipeline. */
  RequestDecoder decoder() {
    return decoder;
  }

  /** Whether the next part of a request is wanted, if only to discard it. */
  private boolean wantsMore() {
    return receiving || closing || (request == null && channel.isWritable());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (closing) {
      ReferenceCountUtil.release(part);
    } else {
      take(part);
    }
  }

  private void take(HttpObject part) {
    try {
      if (part.decoderResult().isFailure()) {
        refuse(part);
      } else if (part instanceof HttpRequest head) {
        begin(head);
      }
      if (part instanceof HttpContent content && receiving) {
        receive(content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(HttpRequest head) {
    receiving = true;
    ClientRequest begun = request(head);
    MalformedRequest problem = MalformedRequest.in(head);
    if (problem == null) {
      server.handler().handle(begun);
    } else {
      endWith(begun, last -> server.handler().refuse(last, problem));
    }
  }

  private ClientRequest request(HttpRequest head) {
    lastHeard = now();
    pace.begin(lastHeard, 0);
    asked = true;
    speaksOld = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    lastRequest = !HttpUtil.isKeepAlive(head);
    boolean isHeadOnly = head.method().equals(HttpMethod.HEAD);
    ClientRequest begun =
        new ClientRequest(head, this, new HttpClientResponse(this, isHeadOnly, !speaksOld));
    request = begun;
    return begun;
  }

  /** After invalid HTTP nothing can be decoded; further input is discarded. */
  private void refuse(HttpObject part) {
    ClientRequest refused = part instanceof HttpRequest head ? request(head) : request;
    MalformedRequest problem = MalformedRequest.of(part.decoderResult().cause());
    receiving = true;
    lingering = true;
    endWith(refused, last -> server.handler().refuse(last, problem));
  }

  /** Ends with the response of {@code answer}, if it can still be sent. */
  private void endWith(@Nullable ClientRequest last, Consumer<ClientRequest> answer) {
    lastRequest = true;
    if (last == null || last.response().isBegun()) {
      hangUp();
      return;
    }
    last.response().startOver();
    answer.accept(last);
  }

  @Override
  public void read(RequestBody taker, HttpRequest head) {
    body = taker;
    pace.begin(now(), pace.bytes());
    if (HttpUtil.is100ContinueExpected(head)) {
      write(buffer(CONTINUE.length).writeBytes(CONTINUE));
    }
  }

  private void receive(HttpContent content) {
    RequestBody taker = body;
    boolean isLast = content instanceof LastHttpContent;
    receiving = !isLast;
    pace.add(content.content().readableBytes());
    if (taker != null) {
      lastHeard = now();
      if (taker.accept(content.content().readableBytes())) {
        ClientRequest of = request;
        received.add(content.content(), () -> of == null ? 0 : of.announcedLength(), taker);
      } else {
        received.release();
      }
      if (isLast) {
        taker.end(received.take());
      }
    }
    if (isLast && next != null) {
      request = null;
      next.replace(decoder, this);
      whenUpgraded.accept(next);
    }
  }

  @Override
  public void upgrade(
      HttpRequest head, String headers, MessageHandler messages, MessageHandler.Terms terms) {
    next = new WebSocketConnection(server, peer, head, messages, terms);
    write(WebSocketHandshake.accept(head, headers, channel.alloc()));
  }

  /** Sends a part of the response that is not the last; a failure is caught as an exception. */
  void write(ByteBuf bytes) {
    var _ = channel.writeAndFlush(bytes, channel.voidPromise());
  }

  /** Sends the last part of the current response. */
  void last(ByteBuf bytes) {
    lingering = lingering || hasMoreToCome();
    request = null;
    lastHeard = now();
    closing = lastRequest || draining;
    boolean isLarge = bytes.readableBytes() > ClientResponse.LARGE;
    ChannelFuture sent = channel.writeAndFlush(bytes);
    releaseAfter(sent, isLarge);
    if (!closing) {
      decoder.resume();
      return;
    }
    if (lingering) {
      // Closing while the client sends would reset the connection, and the answer could be lost.
      sent.addListener(done -> SocketHandlers.endOutput(channel));
    } else {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** A large answer holds its request's memory until it is sent. */
  private void releaseAfter(ChannelFuture sent, boolean isLarge) {
    RequestBody answered = body;
    if (isLarge && answered != null) {
      body = null;
      received.release();
      sent.addListener(done -> answered.released());
    } else {
      release();
    }
  }

  private boolean hasMoreToCome() {
    return receiving && request != null && request.leftOfBody(pace.bytes()) > 0;
  }

  private void release() {
    RequestBody released = body;
    body = null;
    received.release();
    if (released != null) {
      released.released();
    }
  }

  /** Closes after the current response, whose end is the end of the connection. */
  void endWithResponse() {
    lastRequest = true;
  }

  /**
   * The headers that announce whether another request may follow. None may if the answer precedes a
   * large rest of the body, which is not read.
   */
  String persistence() {
    ClientRequest answered = request;
    boolean cutsBody =
        receiving && answered != null && answered.isNotWorthReadingAfter(pace.bytes());
    lastRequest |= cutsBody || server.handler().isStopping();
    return lastRequest || draining ? "connection: close\r\n" : HttpClientResponse.KEEP_ALIVE;
  }

  ByteBuf buffer(int capacity) {
    return channel.alloc().directBuffer(capacity);
  }

  boolean isOpen() {
    return channel.isActive();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public void drain() {
    draining = true;
    if (!asked) {
      hangUp();
    } else if (request == null) {
      hungUp = true; // the last answer may be under way
      channel.writeAndFlush(buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void stop() {
    draining = true;
    if (request != null && !request.response().stopped()) {
      hangUp();
    }
  }

  @Override
  public void review() {
    if (request != null) {
      request.response().review();
    }
  }

  @Override
  public void look(long now) {
    long silence = now - lastHeard;
    if (request == null && silence > mostSilence()) {
      hangUp();
    } else if (receiving && body != null && pace.isTooSlow(now, silence)) {
      body.tooSlow();
    }
  }

  @Override
  public boolean isIdle() {
    return request == null && !hungUp;
  }

  @Override
  public boolean hasAsked() {
    return asked;
  }

  @Override
  public long silence() {
    return now() - lastHeard;
  }

  private long mostSilence() {
    if (lingering && closing) {
      return LINGER_NANOS;
    }
    return server.handler().admits(peer.address()) ? IDLE_NANOS : STRANGER_NANOS;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (channel.isWritable()) {
      if (request != null) {
        request.response().drained();
      }
      decoder.resume();
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    ClientRequest open = request;
    request = null;
    try {
      if (open != null) {
        open.response().closed();
      }
    } finally {
      release();
      super.channelInactive(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      hangUp();
    } else if (request == null || !request.response().crashed(cause)) {
      server.bugs().accept(cause);
      endWith(request, server.handler()::crashed);
    }
  }

  private long now() {
    return server.ticker().nanos();
  }

  @Override
  public void hangUp() {
    hungUp = true;
    var _ = channel.close();
  }
}
