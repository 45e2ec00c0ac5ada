package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Encoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.loop.LoopTimer;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt whose answer is handed on as it arrives.
 *
 * <p>It is whole when the provider's own protocol says so: a finish reason and the proper end. A
 * finish reason without that end is enough too, and ends the stream soon even if the connection
 * stays open. Anything less is a break. What a provider sends is read as what it is, whatever its
 * content type: a whole answer becomes a stream.
 */
final class StreamAttempt implements AttemptHandle, ReplyListener {
  /** After the end of the answer the connection may bring this many bytes before it ends. */
  static final int MAX_AFTER_END = 64 * 1024;

  /** What precedes the first content may have this many bytes. */
  static final int MAX_BEFORE_CONTENT = 1024 * 1024;

  /**
   * After a finish reason the usage and the end are awaited this long, and after the end of the
   * answer that of the connection.
   */
  static final long AFTER_FINISH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Loop loop;
  private final SessionDriver driver;
  private final TargetCall target;
  private final TargetRequest exchange;
  private final Relay relay;
  private final StreamFacts facts;
  private final LoopTimer alarm;
  private final SseReader reader = new SseReader(this::event);

  /** What came before it was clear that it is a stream, or all of what is none. */
  private final AnswerBytes whole;

  private EventStreams.Shape shape = EventStreams.Shape.UNKNOWN;

  private RequestChanges changes = RequestChanges.NONE;
  private @Nullable UpstreamCall call;
  private @Nullable ReplyHead head;
  private @Nullable StreamDecoder decoder;
  private long silence;
  private boolean ended;

  StreamAttempt(Loop loop, SessionDriver driver, Exchange request, TargetCall target, Relay relay) {
    this.loop = loop;
    this.driver = driver;
    this.target = target;
    this.exchange = target.exchange(request);
    this.relay = relay;
    this.facts = new StreamFacts(request);
    this.alarm = loop.events().alarm();
    this.whole = new AnswerBytes(driver);
  }

  @Override
  public void begin() {
    String delivered = relay.delivered();
    Exchange request = exchange.request();
    long firstContent = target.step().limits().firstContent();
    if (firstContent != Limits.NEVER) {
      alarm.set(firstContent, this::noContent);
    }
    loop.events()
        .compute(
            request.payload().bytes().length + delivered.length(),
            () -> target.codec().encode(asked(delivered)),
            this::send);
  }

  private TargetRequest asked(String delivered) {
    return exchange.continuing(Continued.of(delivered, target.step().continuation()));
  }

  private void send(@Nullable Encoded encoded, @Nullable Throwable bug) {
    if (ended) {
      return;
    }
    switch (encoded) {
      case Encoded.Untranslatable untranslatable -> fail(untranslatable.failure());
      case Encoded.Body json -> {
        changes = json.changes();
        call = target.send(json, this);
      }
      case null -> {
        cancel();
        driver.crashed(bug);
      }
    }
  }

  @Override
  public void head(int status, ReplyHeaders headers) {
    ReplyHead answered = target.head(exchange, status, headers);
    head = answered;
    shape = answered.isSuccess() ? EventStreams.Shape.UNKNOWN : EventStreams.Shape.WHOLE;
  }

  @Override
  public void chunk(byte[] bytes) {
    if (ended) {
      return;
    }
    boolean fits = read(bytes);
    boolean early = !facts.hasContent() && relay.waiting() > MAX_BEFORE_CONTENT;
    if (!fits || early) {
      fail(unreadable(Failure.Unreadable.Why.TOO_LARGE));
    }
    driver.streamed();
  }

  /** Reads on; false when an event or the stream is too large. */
  private boolean read(byte[] bytes) {
    if (decoder != null) {
      return reader.read(bytes);
    }
    shape = shape == EventStreams.Shape.UNKNOWN ? EventStreams.shape(bytes) : shape;
    if (shape != EventStreams.Shape.EVENTS) {
      Failure tooMuch = whole.add(bytes, answered().status());
      if (tooMuch != null) {
        fail(tooMuch);
      }
      return true;
    }
    whole.clear();
    decoder = target.codec().stream(exchange, answered());
    return reader.read(bytes);
  }

  private void event(byte[] data) {
    if (ended || decoder == null) {
      return;
    }
    switch (decoder.read(data)) {
      case StreamPart.Chunk chunk -> chunk(chunk);
      case StreamPart.Tokens tokens -> facts.tokens(tokens);
      case StreamPart.Failed failed when isSkipped(failed.failure()) -> {
        // Configured so: the rest of a damaged answer rather than none.
      }
      case StreamPart.Failed failed -> failed(failed.failure());
      case StreamPart.End end -> end(facts.isFinished());
      case StreamPart.Nothing nothing -> {
        // The provider lives.
      }
      case StreamPart.Thinks thinks -> limitSilence(target.step().limits().thinking());
    }
  }

  private boolean isSkipped(Failure failure) {
    return failure instanceof Failure.Unreadable && !target.provider().validateChunks();
  }

  private void chunk(StreamPart.Chunk chunk) {
    boolean first = facts.add(chunk, loop.ticker().nanos());
    if (!relay.add(chunk)) {
      fail(new Failure.NotContinued());
      return;
    }
    if (first) {
      alarm.cancel();
      driver.firstContent(target.step().attempt(), relay);
    }
    if (first || chunk.content() != Content.NONE) {
      Limits limits = target.step().limits();
      boolean thinks = chunk.content() == Content.THINKING;
      limitSilence(thinks ? limits.thinking() : limits.heartbeat());
    }
    if (chunk.finished() > 0 && facts.isAllFinished()) {
      alarm.set(AFTER_FINISH_NANOS, this::endWithoutWaiting);
    }
  }

  private void limitSilence(long nanos) {
    if (call != null && silence != nanos) {
      silence = nanos;
      call.limitSilence(nanos);
    }
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    if (decoder == null) {
      loop.events()
          .compute(
              whole.length(),
              () -> target.codec().decode(exchange, answered(), whole.whole()),
              this::decoded);
      return;
    }
    reader.end();
    if (!facts.hasAny()) {
      fail(unreadable(Failure.Unreadable.Why.EMPTY));
    }
    end(facts.isAllFinished());
  }

  /** What fails after every finish reason takes nothing from the answer. */
  @Override
  public void failed(Failure failure) {
    if (facts.isAllFinished()) {
      end(true);
    } else {
      fail(failure);
    }
  }

  @Override
  public void cancel() {
    ended = true;
    whole.release();
    alarm.cancel();
    if (call != null) {
      call.cancel();
    }
  }

  @Override
  public void pause() {
    if (call != null) {
      call.pause();
    }
  }

  @Override
  public void resume() {
    if (call != null) {
      call.resume();
    }
  }

  @Override
  public Usage usage() {
    return facts.usage();
  }

  @Override
  public RequestChanges changes() {
    return changes;
  }

  private void decoded(@Nullable Decoded decoded, @Nullable Throwable bug) {
    if (ended) {
      return;
    }
    switch (decoded) {
      case Decoded.Failed failed -> fail(failed.failure());
      case Decoded.Answer answer -> whole(answer);
      case null -> {
        cancel();
        driver.crashed(bug);
      }
    }
  }

  /** The provider does not stream: the client gets its answer in a few chunks. */
  private void whole(Decoded.Answer answer) {
    for (StreamPart.Chunk chunk : AnswerChunks.of(answer)) {
      if (!ended) {
        chunk(chunk);
      }
    }
    end(true);
  }

  private void noContent() {
    fail(new Failure.Silent(Failure.Silent.Phase.FIRST_CONTENT));
  }

  private void endWithoutWaiting() {
    end(true);
    cancel();
  }

  private void end(boolean isWhole) {
    if (ended) {
      return;
    }
    if (!isWhole) {
      fail(new Failure.Broken());
      return;
    }
    ended = true;
    alarm.cancel();
    if (call != null) {
      call.awaitEnd(AFTER_FINISH_NANOS, MAX_AFTER_END);
    }
    relay.used(facts.usage(), facts.tokens());
    driver.streamEnded(facts);
  }

  private void fail(Failure failure) {
    if (ended) {
      return;
    }
    cancel();
    if (facts.hasContent()) {
      relay.used(facts.usage(), null);
    }
    driver.streamFailed(failure, facts, relay.content());
  }

  private Failure unreadable(Failure.Unreadable.Why why) {
    return new Failure.Unreadable(why, answered().status());
  }

  private ReplyHead answered() {
    return Objects.requireNonNull(head);
  }
}
