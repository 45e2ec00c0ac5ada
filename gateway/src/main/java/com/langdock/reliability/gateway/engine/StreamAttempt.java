package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.loop.LoopTimer;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  /** The tokens of a stream are reported every so many characters: 64 tokens. */
  private static final int COUNTED_CHARACTERS = 256;

  private final Loop loop;
  private final SessionDriver driver;
  private final TargetCall target;
  private final TargetRequest request;
  private final ClientStream stream;
  private final StreamFacts facts;
  private final Limits limits;
  private final Ticker ticker;
  private final LoopTimer timer;
  private final FrameReader frames;
  private final Consumer<Piece> pieces = this::piece;

  /** What came before it was clear that it is a stream, or all of what is none. */
  private final AnswerBytes whole;

  private EventStreams.Shape shape = EventStreams.Shape.UNKNOWN;

  private RequestChanges changes = RequestChanges.NONE;
  private @Nullable UpstreamCall call;
  private @Nullable ReplyHead head;
  private @Nullable PieceReader reader;
  private long silence;
  private boolean ended;
  private long reportAt;

  StreamAttempt(
      Loop loop, SessionDriver driver, Exchange exchange, TargetCall target, ClientStream stream) {
    this.loop = loop;
    this.driver = driver;
    this.target = target;
    this.request = target.request(exchange);
    this.stream = stream;
    this.facts = new StreamFacts(exchange);
    this.limits = target.step().limits();
    this.ticker = loop.ticker();
    this.timer = loop.events().timer();
    this.whole = new AnswerBytes(driver);
    this.reportAt = driver.countsOutput() ? COUNTED_CHARACTERS : Long.MAX_VALUE;
    this.frames = target.format().frames(request, this::frame);
  }

  @Override
  public void begin() {
    long firstContent = limits.firstContent();
    if (firstContent != Limits.NEVER) {
      timer.set(firstContent, this::noContent);
    }
    if (target.step().freshCredential()) {
      target.renewCredential(this::write);
    } else {
      write();
    }
  }

  private void write() {
    if (ended) {
      return;
    }
    String delivered = stream.delivered();
    Body sent = request.exchange().payload().body().hold();
    loop.events()
        .compute(
            sent.length() + delivered.length(),
            () -> target.write(asked(delivered)),
            (written, bug) -> {
              sent.release();
              send(written, bug);
            });
  }

  private TargetRequest asked(String delivered) {
    return request.continuing(Continued.of(delivered, target.step().form().continuation()));
  }

  private void send(@Nullable Written encoded, @Nullable Throwable bug) {
    if (ended) {
      TargetCall.discard(encoded);
      return;
    }
    switch (encoded) {
      case Written.Untranslatable untranslatable -> fail(untranslatable.failure());
      case Written.Parts parts -> {
        cancel();
        driver.crashed(new IllegalStateException("a stream of several parts"));
      }
      case Written.Unsigned unsigned -> fail(unsigned.failure());
      case Written.Request written -> {
        changes = written.changes();
        call = target.send(written.outgoing(), this);
      }
      case null -> {
        cancel();
        driver.crashed(bug);
      }
    }
  }

  @Override
  public void head(int status, ReplyHeaders headers) {
    ReplyHead answered = target.head(request, status, headers);
    head = answered;
    if (answered.isSuccess()) {
      facts.begin();
    }
    shape = answered.isSuccess() ? EventStreams.Shape.UNKNOWN : EventStreams.Shape.WHOLE;
  }

  @Override
  public void chunk(byte[] bytes) {
    if (ended) {
      return;
    }
    boolean fits = read(bytes);
    boolean early = !facts.hasContent() && stream.waiting() > MAX_BEFORE_CONTENT;
    if (!fits || early) {
      fail(unreadable(Failure.Unreadable.Why.TOO_LARGE));
    }
    driver.streamed(ended ? null : this);
    count();
  }

  /** Reports every so many tokens that came; nobody counts those of most streams. */
  private void count() {
    if (facts.characters() >= reportAt && !ended) {
      reportAt = facts.characters() + COUNTED_CHARACTERS;
      driver.grewTo(Usage.estimatedTokens(facts.characters()));
    }
  }

  /** Reads on; false when an event or the stream is too large. */
  private boolean read(byte[] bytes) {
    if (reader != null) {
      return frames.read(bytes);
    }
    shape = shape == EventStreams.Shape.UNKNOWN ? target.format().shape(request, bytes) : shape;
    if (shape != EventStreams.Shape.EVENTS) {
      Failure tooMuch = whole.add(bytes, answered().status());
      if (tooMuch != null) {
        fail(tooMuch);
      }
      return true;
    }
    whole.clear();
    reader = target.format().readStream(request, answered());
    return frames.read(bytes);
  }

  private void frame(byte[] data) {
    if (!ended && reader != null) {
      reader.read(data, pieces);
    }
  }

  private void piece(Piece piece) {
    if (ended) {
      return;
    }
    switch (piece) {
      case Piece.Raw raw -> content(raw);
      case Piece.Event event -> content(event);
      case Piece.Started started -> content(started);
      case Piece.Opened opened -> content(opened);
      case Piece.Text text -> content(text);
      case Piece.Thinking thinking -> content(thinking);
      case Piece.Signed signed -> content(signed);
      case Piece.Arguments arguments -> content(arguments);
      case Piece.Closed closed -> content(closed);
      case Piece.Finished finished -> content(finished);
      case Piece.Used used -> facts.tokens(used.tokens());
      case Piece.Ended end -> end(facts.isFinished());
      case Piece.Failed failed when isSkipped(failed.failure()) -> {
        // Configured so: the rest of a damaged answer rather than none.
      }
      case Piece.Failed failed -> failed(failed.failure());
    }
  }

  private boolean isSkipped(Failure failure) {
    return failure instanceof Failure.Unreadable && !target.provider().validateChunks();
  }

  private void content(Piece piece) {
    boolean first = facts.add(piece, ticker.nanos());
    if (!stream.add(piece)) {
      fail(new Failure.NotContinued());
      return;
    }
    if (first) {
      timer.cancel();
      driver.firstContent(target.attempt(), stream);
    }
    if (first || piece.content() != Content.NONE || piece.isThinking()) {
      boolean thinks = piece.content() == Content.THINKING || piece.isThinking();
      limitSilence(thinks ? limits.thinking() : limits.heartbeat());
    }
    if (piece.finishes() > 0 && facts.isAllFinished()) {
      timer.set(AFTER_FINISH_NANOS, this::endWithoutWaiting);
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
    if (reader == null) {
      loop.events()
          .compute(
              whole.length(),
              () -> target.format().readWhole(request, answered(), whole.whole()),
              this::decoded);
      return;
    }
    frames.end();
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
    timer.cancel();
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
  public AnswerHead answerHead() {
    return target.answerHead(request, changes, head);
  }

  private void decoded(@Nullable Decoded decoded, @Nullable Throwable bug) {
    if (ended) {
      return;
    }
    switch (decoded) {
      case Decoded.Failed failed -> fail(target.judged(failed.failure(), head));
      case Decoded.Answered answered -> whole(answered.answer());
      case null -> {
        cancel();
        driver.crashed(bug);
      }
    }
  }

  /** The provider does not stream: the client gets its answer in a few chunks. */
  private void whole(WholeAnswer answer) {
    answer.pieces().forEach(pieces);
    if (answer instanceof WholeAnswer.Neutral neutral) {
      facts.tokens(neutral.tokens());
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
    timer.cancel();
    if (call != null) {
      call.awaitEnd(AFTER_FINISH_NANOS, MAX_AFTER_END);
    }
    stream.used(facts.usage(), facts.tokens());
    driver.streamEnded(target.attempt(), facts);
  }

  private void fail(Failure failure) {
    if (ended) {
      return;
    }
    cancel();
    if (failure instanceof Failure.Answered) {
      facts.refuse();
    }
    if (facts.hasContent()) {
      stream.used(facts.usage(), null);
    }
    driver.streamFailed(target.attempt(), failure, facts, stream.content());
  }

  private Failure unreadable(Failure.Unreadable.Why why) {
    return new Failure.Unreadable(why, answered().status());
  }

  private ReplyHead answered() {
    return Objects.requireNonNull(head);
  }
}
