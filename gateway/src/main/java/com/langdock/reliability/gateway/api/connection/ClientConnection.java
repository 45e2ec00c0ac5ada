package com.langdock.reliability.gateway.api.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: one request after the other, each answered before the next is looked at.
 */
final class ClientConnection extends SimpleChannelInboundHandler<HttpObject> {
  /** Parts of further requests that may wait; with more, nothing is read until they are done. */
  private static final int MOST_WAITING = 16;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ClientConnections connections;
  private final Channel channel;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();

  /** The request in hand, null once it is answered. */
  private @Nullable ClientRequest request;

  /** Who takes its body, null while nobody does. */
  private final ReceivedBody received = new ReceivedBody();

  private @Nullable RequestBody body;

  /** Whether there is more to come of the request in hand, or of the one that was answered. */
  private boolean receiving;

  /** Whether parts that waited are being looked at. */
  private boolean catchingUp;

  /** Whether nothing more is read, since the connection ends. */
  private boolean closing;

  private boolean speaksOld;
  private boolean lastRequest;
  private boolean draining;
  private long lastHeard;

  ClientConnection(ClientConnections connections, Channel channel) {
    super(false);
    this.connections = connections;
    this.channel = channel;
    this.lastHeard = connections.now();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (closing) {
      ReferenceCountUtil.release(part);
    } else if (waiting.isEmpty() && takesNext()) {
      take(part);
    } else {
      waiting.add(part);
      channel.config().setAutoRead(waiting.size() < MOST_WAITING);
    }
  }

  /** Whether what comes next can be taken: a request is answered before the next one is. */
  private boolean takesNext() {
    return request == null || receiving;
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
    connections.handler().handle(request(head));
  }

  private ClientRequest request(HttpRequest head) {
    lastHeard = connections.now();
    speaksOld = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    lastRequest = !HttpUtil.isKeepAlive(head);
    boolean isHeadOnly = head.method().equals(HttpMethod.HEAD);
    ClientRequest begun =
        new ClientRequest(head, this, new ClientResponse(this, isHeadOnly, !speaksOld));
    request = begun;
    return begun;
  }

  /** After what is not HTTP nothing can be read any more. */
  private void refuse(HttpObject part) {
    ClientRequest refused = part instanceof HttpRequest head ? request(head) : request;
    BadHead problem = BadHead.of(part.decoderResult().cause());
    endWith(refused, last -> connections.handler().refuse(last, problem));
  }

  /** Ends with what {@code answer} says, where anything can still be said. */
  private void endWith(@Nullable ClientRequest last, Consumer<ClientRequest> answer) {
    receiving = false;
    lastRequest = true;
    if (last == null || last.response().isBegun()) {
      hangUp();
      return;
    }
    last.response().startOver();
    answer.accept(last);
  }

  /** The body of the request in hand goes to {@code taker}. */
  void read(RequestBody taker, HttpRequest head) {
    body = taker;
    if (HttpUtil.is100ContinueExpected(head)) {
      write(buffer(CONTINUE.length).writeBytes(CONTINUE));
    }
  }

  private void receive(HttpContent content) {
    RequestBody taker = body;
    boolean isLast = content instanceof LastHttpContent;
    receiving = !isLast;
    if (taker != null) {
      lastHeard = connections.now();
      if (taker.takes(content.content().readableBytes())) {
        received.add(content.content());
      } else {
        received.release();
      }
      if (isLast) {
        taker.end(received.take());
      }
    }
    if (isLast) {
      next();
    }
  }

  /** Sends what is not the last of a response. */
  void write(ByteBuf bytes) {
    var _ = channel.writeAndFlush(bytes);
  }

  /** Sends the last of the response in hand. */
  void last(ByteBuf bytes) {
    request = null;
    lastHeard = connections.now();
    release();
    if (lastRequest || draining) {
      closing = true;
      channel.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    } else {
      write(bytes);
      next();
    }
  }

  /** Looks at what came in the meantime, once the request before is answered and read. */
  private void next() {
    if (catchingUp || waiting.isEmpty()) {
      return;
    }
    catchingUp = true;
    while (!waiting.isEmpty() && takesNext() && !closing) {
      take(waiting.remove());
    }
    catchingUp = false;
    channel.config().setAutoRead(waiting.size() < MOST_WAITING);
  }

  private void release() {
    RequestBody released = body;
    body = null;
    received.release();
    if (released != null) {
      released.released();
    }
  }

  /** Ends with the response in hand, whose end cannot be told otherwise. */
  void endWithResponse() {
    lastRequest = true;
  }

  /** The header that tells the client whether another request may follow, where it must know. */
  String persistence() {
    if (lastRequest || draining) {
      return "connection: close\r\n";
    }
    return speaksOld ? "connection: keep-alive\r\n" : "";
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

  @Nullable InetAddress remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  /** Takes no further request. */
  void drain() {
    draining = true;
    if (request == null) {
      hangUp();
    }
  }

  /** Looks at what has not come for long. */
  void look(long now) {
    long silence = now - lastHeard;
    if (request == null && silence > ClientConnections.IDLE_NANOS) {
      hangUp();
    } else if (receiving && body != null && silence > ClientConnections.SLOW_BODY_NANOS) {
      body.tooSlow();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (channel.isWritable() && request != null) {
      request.response().drained();
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    connections.closed(this);
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    ClientRequest open = request;
    request = null;
    if (open != null) {
      open.response().closed();
    }
    release();
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      hangUp();
    } else {
      connections.report(cause);
      endWith(request, connections.handler()::crashed);
    }
  }

  private void hangUp() {
    var _ = channel.close();
  }
}
