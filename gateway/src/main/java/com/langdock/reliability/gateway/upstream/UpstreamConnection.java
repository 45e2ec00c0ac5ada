package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a provider: carries one call at a time, and is reused if possible.
 *
 * <p>It becomes free after the read that contained the end of a reply and nothing more. It is
 * closed when unsolicited bytes arrive.
 */
final class UpstreamConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

  private enum State {
    /** A call is running. */
    BUSY,
    /** The reply is complete, but the read that contained its end is not over. */
    READ_OUT,
    /** In the pool. */
    IDLE,
    /** Closed. */
    CLOSED
  }

  private final UpstreamPool pool;
  private final Channel channel;
  private final ReplyDecoder decoder = new ReplyDecoder(this);

  private State state = State.BUSY;
  private @Nullable UpstreamCall call;
  private @Nullable RequestWriter writer;
  private @Nullable ContentDecoding decoding;
  private UnreachableReason closedBy = UnreachableReason.CONNECTION_CLOSED;
  private boolean used;
  private boolean informs;
  private boolean staysOpen;
  private boolean isReading;
  private boolean isDraining;
  private @Nullable String keepAlive;
  private long idleUntil;

  UpstreamConnection(UpstreamPool pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
    this.idleUntil = pool.idleUntil(null);
  }

  /** The decoder before this handler. */
  ReplyDecoder decoder() {
    return decoder;
  }

  /** Sends the request of {@code call}, which receives the reply. */
  void carry(UpstreamCall call, RequestHead head, UpstreamRequest request) {
    this.call = call;
    state = State.BUSY;
    writer = new RequestWriter(channel, head, request);
  }

  /** Puts an unused connection into the pool. */
  void release() {
    state = State.IDLE;
    pool.keep(this);
  }

  /** Whether it waits in the pool. */
  boolean isIdle() {
    return state == State.IDLE;
  }

  /** Whether it can be used at {@code now}. */
  boolean isFresh(long now) {
    return channel.isActive() && now - idleUntil < 0;
  }

  /** Reads on, or reads nothing more for now. */
  void read(boolean on) {
    channel.config().setAutoRead(on);
    if (on) {
      drain();
    }
  }

  /** Closes it; its call receives nothing more. */
  void close() {
    call = null;
    hangUp();
  }

  /**
   * Handles bytes on an idle connection; {@code isTimeout} if they only announce an idle timeout.
   */
  void readWhileIdle(boolean isTimeout) {
    if (isTimeout) {
      hangUp();
    } else {
      unsolicited();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    isReading = true;
    if (state == State.CLOSED) {
      return;
    }
    if (call == null || (decoding != null && decoding.isEnded())) {
      unsolicited();
    } else if (part.decoderResult().isFailure()) {
      closedBy = UnreachableReason.NOT_HTTP;
      hangUp();
    } else {
      read(call, part);
    }
  }

  private void read(UpstreamCall reader, HttpObject part) {
    if (part instanceof HttpResponse head) {
      head(reader, head);
    }
    if (part instanceof HttpContent body && !informs && call != null) {
      body(call, body);
    }
  }

  private void head(UpstreamCall reader, HttpResponse head) {
    // After a 101 another protocol follows, which was not requested.
    informs =
        head.status().codeClass() == HttpStatusClass.INFORMATIONAL
            && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    if (informs) {
      return;
    }
    staysOpen = HttpUtil.isKeepAlive(head) && head.status().code() >= HttpResponseStatus.OK.code();
    keepAlive = head.headers().get(KEEP_ALIVE);
    String encoding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING);
    boolean isReadable = ContentDecoding.isIdentity(encoding) || startDecoding(encoding);
    reader.head(head.status().code(), head.headers()::get);
    if (!isReadable && call == reader) {
      close();
      reader.unreadable();
    }
  }

  private boolean startDecoding(String encoding) {
    Optional<ContentDecoding> found = ContentDecoding.of(encoding, channel.alloc());
    decoding = found.orElse(null);
    return found.isPresent();
  }

  private void body(UpstreamCall reader, HttpContent body) {
    if (decoding != null) {
      encoded(decoding, body);
      return;
    }
    if (body.content().isReadable()) {
      reader.received(ByteBufUtil.getBytes(body.content()));
    }
    if (body instanceof LastHttpContent && call != null) {
      ended(call);
    }
  }

  private void encoded(ContentDecoding content, HttpContent body) {
    content.add(body.content());
    if (body instanceof LastHttpContent) {
      content.end();
    }
    drain();
  }

  /** Passes on decoded bytes, unless the call is paused. */
  private void drain() {
    ContentDecoding content = decoding;
    if (content == null || isDraining) {
      return;
    }
    isDraining = true;
    try {
      byte[] piece = nextPiece(content);
      while (piece != null && call != null) {
        call.received(piece);
        piece = nextPiece(content);
      }
    } catch (DecompressionException broken) {
      unreadable(call);
    } finally {
      isDraining = false;
    }
    if (call != null && content.isEnded() && channel.config().isAutoRead()) {
      ended(call);
    }
  }

  private byte @Nullable [] nextPiece(ContentDecoding content) {
    return call != null && channel.config().isAutoRead() ? content.next() : null;
  }

  private void unreadable(@Nullable UpstreamCall reader) {
    if (reader != null) {
      close();
      reader.unreadable();
    }
  }

  private void ended(UpstreamCall whole) {
    call = null;
    used = true;
    stopDecoding();
    // A provider may answer before it has read all of the request.
    if (staysOpen && state == State.BUSY && Objects.requireNonNull(writer).isDone()) {
      state = State.READ_OUT;
      idleUntil = pool.idleUntil(keepAlive);
      channel.config().setAutoRead(true);
      if (!isReading) {
        readOut();
      }
    } else {
      hangUp();
    }
    whole.completed();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    isReading = false;
    if (state == State.READ_OUT) {
      readOut();
    }
    super.channelReadComplete(context);
  }

  private void readOut() {
    if (!channel.isActive()) {
      hangUp();
    } else if (decoder.isEmpty()) {
      release();
    } else {
      unsolicited();
    }
  }

  private void unsolicited() {
    if (state != State.CLOSED) {
      pool.unsolicited();
      hangUp();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    state = State.CLOSED;
    pool.forget(this);
    UpstreamCall carried = call;
    boolean isWhole = decoding != null && decoding.isEnded();
    if (carried != null && !isWhole) {
      call = null;
      stopDecoding();
      carried.lost(used, closedBy);
    }
    super.channelInactive(context);
  }

  /** After any problem the connection is unusable. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    closedBy = Reachability.lost(cause);
    pool.thrown(cause);
    hangUp();
  }

  private void hangUp() {
    state = State.CLOSED;
    if (call == null) {
      stopDecoding();
    }
    var _ = channel.close(); // What comes of it is heard when the channel is inactive.
  }

  private void stopDecoding() {
    if (decoding != null) {
      decoding.close();
      decoding = null;
    }
  }
}
