package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.loop.LoopTimer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drives one session: does what it says, and tells it what happened.
 *
 * <p>Lives on one event loop. Every report of an attempt names it; a report of an attempt that has
 * ended or was cancelled changes nothing. At most one wait runs at a time.
 */
public final class SessionDriver {
  private final Loop loop;
  private final Session session;
  private final Exchange exchange;
  private final Delivery delivery;
  private final Propagation propagation;
  private final LoopTimer deadlineTimer;

  /** Null until the session waits for the first time; most never do. */
  private @Nullable LoopTimer waitTimer;

  /** Only a stream has one. */
  private final @Nullable LoopTimer headTimer;

  /** The client's stream; null when it wants a whole answer. */
  private final @Nullable ClientStream stream;

  /** The attempts under way, in the order in which they began. */
  private final Map<Attempt, AttemptHandle> attempts = new LinkedHashMap<>(2);

  private @Nullable StreamOutput output;

  /** A driver that has not begun. */
  public SessionDriver(
      Loop loop, Session session, Exchange exchange, Delivery delivery, Propagation propagation) {
    this.loop = loop;
    this.session = session;
    this.exchange = exchange;
    this.delivery = delivery;
    this.propagation = propagation;
    this.deadlineTimer = loop.events().timer();
    this.stream = exchange.stream() ? new ClientStream(delivery.writer()) : null;
    this.headTimer = exchange.stream() ? loop.events().timer() : null;
  }

  /** Begins; the end goes to the delivery. */
  public void begin() {
    long now = loop.ticker().nanos();
    watchDeadline(now);
    if (headTimer != null) {
      headTimer.set(loop.streamTimes().earlyHead(), this::sendEarlyHead);
    }
    apply(session.begin(now));
  }

  /** Cancels everything at once: the client closed its connection. */
  public void clientLeft() {
    cancelAttempts();
    stop();
    session.clientLeft(loop.ticker().nanos());
  }

  /** Cancels everything and reports the failure to the delivery: the gateway stops. */
  public void stopped() {
    cancelAttempts();
    apply(session.stopped(loop.ticker().nanos()));
  }

  /** Cancels everything and reports the failure to the delivery: the request may not go on. */
  public void withdrawn(Failure.Withdrawn.Reason why) {
    cancelAttempts();
    apply(session.withdrawn(why, loop.ticker().nanos()));
  }

  /** An attempt received a whole answer. */
  void succeeded(Attempt by, WholeAnswer answer) {
    AttemptHandle ended = attempts.remove(by);
    if (ended == null) {
      return;
    }
    long now = loop.ticker().nanos();
    session.used(by, answer.usage(), now);
    if (session.succeeded(by, now)) {
      stop();
      delivery.answered(answer, by, ended.answerHead());
    }
  }

  /** An attempt failed before any of its content reached the client. */
  void failed(Attempt attempt, Failure failure) {
    AttemptHandle ended = attempts.remove(attempt);
    long now = loop.ticker().nanos();
    if (ended != null) {
      session.used(attempt, ended.usage(), now);
    }
    apply(session.failed(attempt, failure, now));
  }

  /** Reserves memory for an answer; false when there is none left. */
  boolean reserve(long bytes) {
    return delivery.reserve(bytes);
  }

  /** Returns memory that an attempt reserved. */
  void giveBack(long bytes) {
    delivery.giveBack(bytes);
  }

  /** The stream of an attempt has its first visible content. */
  void firstContent(Attempt by, ClientStream from) {
    AttemptHandle source = attempts.get(by);
    if (source == null) {
      return;
    }
    long now = loop.ticker().nanos();
    session.firstContent(by, now);
    delivery.begins(by);
    StreamOutput open = output == null ? open(from, by, source.answerHead()) : output;
    if (!open.isCommitted()) {
      cancel(headTimer);
      open.commit();
      watchDeadline(now);
    }
  }

  /**
   * Sends the head without content, so that proxies do not close the connection. Where nothing can
   * stand before the content, the head is that of an answer and must wait for it.
   */
  private void sendEarlyHead() {
    if (output == null && stream != null && stream.keepAlive().length > 0) {
      open(stream, null, AnswerHead.NONE).comment();
    }
  }

  private StreamOutput open(ClientStream from, @Nullable Attempt by, AnswerHead head) {
    StreamOutput opened =
        new StreamOutput(
            loop.events(), from, delivery.streams(by, head), loop.streamTimes().keepAlive());
    output = opened;
    return opened;
  }

  /**
   * Something more of an attempt's stream was read.
   *
   * @param source the attempt; null if it has ended
   */
  void streamed(@Nullable AttemptHandle source) {
    if (output != null) {
      output.flushSoon(source);
    }
  }

  /** Whether somebody counts the tokens of streams. */
  boolean countsOutput() {
    return delivery.countsOutput();
  }

  /** A stream has so many tokens by now: its request may be over with that. */
  void grewTo(long tokens) {
    if (!delivery.grewTo(tokens)) {
      withdrawn(Failure.Withdrawn.Reason.QUOTA_EXCEEDED);
    }
  }

  /** The stream of an attempt is whole; its connection is left to end by itself. */
  void streamEnded(Attempt by, StreamFacts facts) {
    attempts.remove(by);
    long now = loop.ticker().nanos();
    account(by, facts, now);
    if (session.succeeded(by, now) && output != null) {
      stop();
      output.end();
    }
  }

  /**
   * The stream of an attempt will not be whole.
   *
   * @param delivered what the client has
   */
  void streamFailed(
      Attempt attempt, Failure failure, StreamFacts facts, DeliveredContent delivered) {
    attempts.remove(attempt);
    long now = loop.ticker().nanos();
    account(attempt, facts, now);
    apply(
        facts.hasContent()
            ? session.broke(attempt, failure, delivered, now)
            : session.failed(attempt, failure, now));
  }

  private void account(Attempt attempt, StreamFacts facts, long now) {
    if (facts.hasContent()) {
      session.flowed(attempt, facts.pace(), now);
    }
    session.used(attempt, facts.usage(), now);
  }

  /** A bug ended the attempt, and with it the request. */
  void crashed(@Nullable Throwable bug) {
    delivery.crashed(bug == null ? new IllegalStateException("work without a result") : bug);
  }

  /** A bug ended the request: whatever runs is cancelled. */
  public void abort() {
    try {
      cancelAttempts();
      stop();
    } finally {
      session.crashed(loop.ticker().nanos());
    }
  }

  private void apply(List<Step> steps) {
    for (Step step : steps) {
      apply(step);
    }
  }

  private void apply(Step step) {
    switch (step) {
      case Step.Begin begin -> begin(begin);
      case Step.Wait wait -> startWait(wait.nanos());
      case Step.GiveUp giveUp -> {
        stop();
        flush();
        delivery.failed(giveUp);
      }
    }
  }

  private void begin(Step.Begin begin) {
    AttemptHandle handle = handle(begin);
    attempts.put(begin.attempt(), handle);
    handle.begin();
  }

  private AttemptHandle handle(Step.Begin begin) {
    TargetCall target = TargetCall.of(loop, begin, propagation);
    if (stream == null) {
      return new WholeAttempt(loop, this, exchange, target);
    }
    boolean continues = begin.form().continuation() != Continuation.NONE;
    stream.attempt(begin.attempt().target(), continues);
    return new StreamAttempt(loop, this, exchange, target, stream);
  }

  private void startWait(long nanos) {
    LoopTimer timer = waitTimer == null ? loop.events().timer() : waitTimer;
    waitTimer = timer;
    timer.set(nanos, this::waitOver);
  }

  private void waitOver() {
    flush();
    apply(session.waitOver(loop.ticker().nanos()));
  }

  private void deadlineOver() {
    cancelAttempts();
    apply(session.deadlineOver(loop.ticker().nanos()));
  }

  /** Cancels what runs, and reports what it has used. */
  private void cancelAttempts() {
    long now = loop.ticker().nanos();
    attempts.forEach((attempt, handle) -> session.used(attempt, handle.usage(), now));
    discardAttempts();
  }

  private void discardAttempts() {
    attempts.values().forEach(AttemptHandle::cancel);
    attempts.clear();
  }

  private void flush() {
    if (output != null) {
      output.flush();
    }
  }

  private void stop() {
    cancel(waitTimer);
    deadlineTimer.cancel();
    cancel(headTimer);
    if (output != null) {
      output.stop();
    }
    discardAttempts();
  }

  private static void cancel(@Nullable LoopTimer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void watchDeadline(long now) {
    deadlineTimer.set(session.deadline().leftNanos(now), this::deadlineOver);
  }
}
