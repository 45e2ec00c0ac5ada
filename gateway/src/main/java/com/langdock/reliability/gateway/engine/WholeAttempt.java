package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt whose answer is read whole before anything of it is used. */
final class WholeAttempt implements AttemptHandle, ReplyListener {
  private final Loop loop;
  private final SessionDriver driver;
  private final TargetCall target;
  private final TargetRequest request;
  private final AnswerBytes body;

  private RequestChanges changes = RequestChanges.NONE;
  private @Nullable UpstreamCall call;

  /** Set in place of the call if the request goes out in parts. */
  private @Nullable PartsCall parts;

  private @Nullable ReplyHead head;
  private boolean cancelled;
  private boolean refused;

  WholeAttempt(Loop loop, SessionDriver driver, Exchange exchange, TargetCall target) {
    this.loop = loop;
    this.driver = driver;
    this.target = target;
    this.request = target.request(exchange);
    this.body = new AnswerBytes(driver);
  }

  @Override
  public void begin() {
    if (target.step().freshCredential()) {
      target.renewCredential(this::write);
    } else {
      write();
    }
  }

  private void write() {
    if (cancelled) {
      return;
    }
    Body sent = request.exchange().payload().body().hold();
    loop.events()
        .compute(
            sent.length(),
            () -> target.write(request),
            (written, bug) -> {
              sent.release();
              send(written, bug);
            });
  }

  @Override
  public void cancel() {
    cancelled = true;
    body.release();
    if (call != null) {
      call.cancel();
    }
    if (parts != null) {
      parts.cancel();
    }
  }

  /** An answer is read whole however slow its client is. */
  @Override
  public void pause() {}

  @Override
  public void resume() {}

  /**
   * The estimate for an answer that began and is not used: a provider says what it used only in a
   * whole one. Before its head, and in an error, nothing was used. Of a request in parts, what the
   * answered ones used.
   */
  @Override
  public Usage usage() {
    if (parts != null) {
      return parts.usage();
    }
    boolean begun = head != null && head.isSuccess() && !refused;
    return begun ? request.exchange().brokenUsage(body.length()) : Usage.NONE;
  }

  @Override
  public AnswerHead answerHead() {
    return target.answerHead(request, changes, head);
  }

  private void send(@Nullable Written encoded, @Nullable Throwable bug) {
    if (cancelled) {
      TargetCall.discard(encoded);
      return;
    }
    if (encoded == null) {
      driver.crashed(bug);
      return;
    }
    switch (encoded) {
      case Written.Untranslatable untranslatable -> fail(untranslatable.failure());
      case Written.Unsigned unsigned -> fail(unsigned.failure());
      case Written.Request written -> {
        changes = written.changes();
        call = target.send(written.outgoing(), this);
      }
      case Written.Parts written -> {
        changes = written.changes();
        PartsCall begun = new PartsCall(driver, target, request, written, this::decoded);
        parts = begun;
        begun.begin();
      }
    }
  }

  @Override
  public void head(int status, ReplyHeaders headers) {
    head = target.head(request, status, headers);
  }

  @Override
  public void chunk(byte[] bytes) {
    Failure tooMuch = body.add(bytes, Objects.requireNonNull(head).status());
    if (tooMuch != null) {
      cancel();
      fail(tooMuch);
    } else if (call != null
        && EventStreams.endsInDone(bytes)
        && EventStreams.isStream(body.whole())) {
      call.awaitEnd(StreamAttempt.AFTER_FINISH_NANOS, StreamAttempt.MAX_AFTER_END);
      end();
    }
  }

  @Override
  public void end() {
    ReplyHead answered = Objects.requireNonNull(head);
    byte[] bytes = body.whole();
    loop.events()
        .compute(
            bytes.length, () -> target.format().readWhole(request, answered, bytes), this::decoded);
  }

  @Override
  public void failed(Failure failure) {
    body.release();
    fail(failure);
  }

  private void fail(Failure failure) {
    refused |= failure instanceof Failure.Answered;
    driver.failed(target.attempt(), failure);
  }

  private void decoded(@Nullable Decoded decoded, @Nullable Throwable bug) {
    if (cancelled) {
      return;
    }
    if (decoded == null) {
      driver.crashed(bug);
      return;
    }
    switch (decoded) {
      case Decoded.Answered answered -> {
        body.keep();
        if (parts != null) {
          parts.keep();
        }
        driver.succeeded(target.attempt(), answered.answer());
      }
      case Decoded.Failed failed -> failed(target.judged(failed.failure(), head));
    }
  }
}
