package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one attempt whose request goes out in parts: a few at a time, and all or nothing.
 * The first part that fails cancels the others.
 */
final class PartsCall {
  /** So many parts are under way at once. */
  static final int AT_ONCE = 6;

  private final SessionDriver driver;
  private final TargetCall target;
  private final TargetRequest request;
  private final Written.Parts written;
  private final BiConsumer<@Nullable Decoded, @Nullable Throwable> result;
  private final List<Part> parts = new ArrayList<>();
  private int answered;
  private boolean over;

  /**
   * Calls that have not begun.
   *
   * @param result hears once how they ended, unless they are cancelled
   */
  PartsCall(
      SessionDriver driver,
      TargetCall target,
      TargetRequest request,
      Written.Parts written,
      BiConsumer<@Nullable Decoded, @Nullable Throwable> result) {
    this.driver = driver;
    this.target = target;
    this.request = request;
    this.written = written;
    this.result = result;
  }

  void begin() {
    int atOnce = Math.min(AT_ONCE, written.outgoing().size());
    for (int i = 0; i < atOnce && !over; i++) {
      next();
    }
  }

  private void next() {
    Part part = new Part();
    parts.add(part);
    part.call = target.send(written.outgoing().get(parts.size() - 1), part);
  }

  /** Cancels what runs, and returns the memory of all answers. */
  void cancel() {
    over = true;
    parts.forEach(Part::cancel);
  }

  /** The answer is the request's: its memory stays reserved until it is sent. */
  void keep() {
    parts.forEach(part -> part.body.keep());
  }

  /** What the parts that were answered have used. */
  Usage usage() {
    Usage used = Usage.NONE;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      used = part.isAnswered ? used.plus(written.usage().of(i, part.answer())) : used;
    }
    return used;
  }

  private void fail(Failure failure) {
    if (!over) {
      cancel();
      result.accept(new Decoded.Failed(failure), null);
    }
  }

  private void partAnswered() {
    answered++;
    if (answered == written.outgoing().size()) {
      join();
    } else if (parts.size() < written.outgoing().size()) {
      next();
    }
  }

  private void join() {
    List<Written.PartAnswer> answers = parts.stream().map(Part::answer).toList();
    int size = answers.stream().mapToInt(answer -> answer.body().length).sum();
    target
        .loop()
        .events()
        .compute(
            size,
            () -> written.join().apply(answers),
            (decoded, bug) -> {
              if (!over) {
                over = !(decoded instanceof Decoded.Answered);
                result.accept(decoded, bug);
              }
            });
  }

  /** One part. */
  private final class Part implements ReplyListener {
    private final AnswerBytes body = new AnswerBytes(driver);
    private @Nullable UpstreamCall call;
    private @Nullable ReplyHead head;
    private boolean isAnswered;

    private Written.PartAnswer answer() {
      return new Written.PartAnswer(Objects.requireNonNull(head), body.whole());
    }

    private void cancel() {
      body.release();
      if (call != null) {
        call.cancel();
      }
    }

    @Override
    public void head(int status, ReplyHeaders headers) {
      head = target.head(request, status, headers);
    }

    @Override
    public void chunk(byte[] bytes) {
      Failure tooMuch = over ? null : body.add(bytes, Objects.requireNonNull(head).status());
      if (tooMuch != null) {
        PartsCall.this.fail(tooMuch);
      }
    }

    @Override
    public void end() {
      if (over) {
        return;
      }
      ReplyHead replied = Objects.requireNonNull(head);
      if (replied.isSuccess()) {
        isAnswered = true;
        partAnswered();
        return;
      }
      Decoded decoded = target.format().readWhole(request, replied, body.whole());
      PartsCall.this.fail(
          decoded instanceof Decoded.Failed failed
              ? target.judged(failed.failure(), replied)
              : new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, replied.status()));
    }

    @Override
    public void failed(Failure failure) {
      PartsCall.this.fail(failure);
    }
  }
}
