package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.loop.LoopTimer;
import org.jspecify.annotations.Nullable;

/**
 * Drives one session: does what it says, and tells it what happened.
 *
 * <p>Lives on one event loop. At most one attempt and at most one wait run at a time.
 */
public final class SessionDriver {
  private final Loop loop;
  private final Session session;
  private final Exchange request;
  private final Delivery delivery;
  private final Propagation propagation;
  private final LoopTimer waitAlarm;
  private final LoopTimer deadlineAlarm;
  private final LoopTimer headAlarm;

  /** What the client of a stream sees; null when it wants none. */
  private final @Nullable ClientStream stream;

  private @Nullable AttemptHandle attempt;
  private @Nullable StreamOutput output;

  /** A driver that has not begun. */
  public SessionDriver(
      Loop loop, Session session, Exchange request, Delivery delivery, Propagation propagation) {
    this.loop = loop;
    this.session = session;
    this.request = request;
    this.delivery = delivery;
    this.propagation = propagation;
    this.waitAlarm = loop.events().timer();
    this.deadlineAlarm = loop.events().timer();
    this.headAlarm = loop.events().timer();
    this.stream = request.stream() ? new ClientStream(delivery.writer()) : null;
  }

  /** Begins; the end goes to the delivery. */
  public void begin() {
    long now = loop.ticker().nanos();
    watchDeadline(now);
    if (stream != null) {
      headAlarm.set(loop.streamTimes().earlyHead(), this::sendEarlyHead);
    }
    take(session.begin(now));
  }

  /** The client closed its connection: whatever runs is cancelled at once. */
  public void clientLeft() {
    accountForCancelled();
    stop();
    session.clientLeft(loop.ticker().nanos());
  }

  /** The gateway stops: whatever runs is cancelled, and the delivery is told so. */
  public void stopped() {
    cancelAttempt();
    take(session.stopped(loop.ticker().nanos()));
  }

  void succeeded(WholeAnswer answer, Attempt by) {
    long now = loop.ticker().nanos();
    session.used(answer.usage(), now);
    RequestChanges changes = changes();
    if (session.succeeded(now)) {
      stop();
      delivery.answered(answer, by, changes);
    }
  }

  void failed(Failure failure) {
    take(session.failed(failure, loop.ticker().nanos()));
  }

  /** Takes memory for an answer; false when there is none left. */
  boolean reserve(long bytes) {
    return delivery.reserve(bytes);
  }

  /** Gives memory back that an attempt took. */
  void giveBack(long bytes) {
    delivery.giveBack(bytes);
  }

  /** The stream of an attempt has something for the client to see. */
  void firstContent(Attempt by, ClientStream from) {
    long now = loop.ticker().nanos();
    session.firstContent(now);
    StreamOutput open = output == null ? open(from, by, changes()) : output;
    if (!open.isCommitted()) {
      headAlarm.cancel();
      open.commit();
      watchDeadline(now);
    }
  }

  private RequestChanges changes() {
    return attempt == null ? RequestChanges.NONE : attempt.changes();
  }

  /** Nobody has given content for long: what stands between must not take the client for dead. */
  private void sendEarlyHead() {
    if (output == null && stream != null) {
      open(stream, null, RequestChanges.NONE).comment();
    }
  }

  private StreamOutput open(ClientStream from, @Nullable Attempt by, RequestChanges changes) {
    StreamOutput opened =
        new StreamOutput(
            loop.events(), from, delivery.streams(by, changes), loop.streamTimes().keepAlive());
    output = opened;
    return opened;
  }

  /** Something more of a stream was read. */
  void streamed() {
    if (output != null && attempt != null) {
      output.flushSoon(attempt);
    }
  }

  /** The stream of an attempt is whole. */
  void streamEnded(StreamFacts facts) {
    long now = loop.ticker().nanos();
    account(facts, now);
    if (session.succeeded(now) && output != null) {
      attempt = null; // Its connection is left to end by itself, and be used again.
      stop();
      output.end();
    }
  }

  /**
   * The stream of an attempt will not be whole.
   *
   * @param delivered what the client has
   */
  void streamFailed(Failure failure, StreamFacts facts, DeliveredContent delivered) {
    long now = loop.ticker().nanos();
    account(facts, now);
    take(
        facts.hasContent() ? session.broke(failure, delivered, now) : session.failed(failure, now));
  }

  private void account(StreamFacts facts, long now) {
    if (facts.hasContent()) {
      session.flowed(facts.pace(), now);
    }
    session.used(facts.usage(), now);
  }

  /** A bug ended the attempt, and with it the request. */
  void crashed(@Nullable Throwable bug) {
    delivery.crashed(bug == null ? new IllegalStateException("work without a result") : bug);
  }

  /** A bug ended the request: whatever runs is cancelled. */
  public void abort() {
    try {
      stop();
    } finally {
      session.crashed(loop.ticker().nanos());
    }
  }

  private void take(Step step) {
    switch (step) {
      case Step.Begin begin -> begin(begin);
      case Step.Wait wait -> waitAlarm.set(wait.nanos(), this::waitOver);
      case Step.GiveUp giveUp -> {
        stop();
        flush();
        delivery.failed(giveUp);
      }
      case Step.Stop stop -> stop();
    }
  }

  private void begin(Step.Begin begin) {
    TargetCall target = TargetCall.of(loop, begin, propagation);
    if (stream == null) {
      attempt = new WholeAttempt(loop, this, request, target);
    } else {
      stream.attempt(begin.attempt().target(), begin.continuation() != Continuation.NONE);
      attempt = new StreamAttempt(loop, this, request, target, stream);
    }
    attempt.begin();
  }

  private void waitOver() {
    flush();
    take(session.waitOver(loop.ticker().nanos()));
  }

  private void deadlineOver() {
    cancelAttempt();
    take(session.deadlineOver(loop.ticker().nanos()));
  }

  private void cancelAttempt() {
    accountForCancelled();
    if (attempt != null) {
      attempt.cancel();
    }
  }

  /** What an attempt used that is cancelled before its end. */
  private void accountForCancelled() {
    if (attempt != null) {
      session.used(attempt.usage(), loop.ticker().nanos());
    }
  }

  private void flush() {
    if (output != null) {
      output.flush();
    }
  }

  private void stop() {
    waitAlarm.cancel();
    deadlineAlarm.cancel();
    headAlarm.cancel();
    if (output != null) {
      output.stop();
    }
    if (attempt != null) {
      attempt.cancel();
      attempt = null;
    }
  }

  private void watchDeadline(long now) {
    deadlineAlarm.set(session.deadline().leftNanos(now), this::deadlineOver);
  }
}
