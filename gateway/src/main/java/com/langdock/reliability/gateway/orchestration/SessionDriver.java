package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.provider.ChatRequest;
import com.langdock.reliability.gateway.provider.Decoded;
import com.langdock.reliability.gateway.streaming.Relay;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Drives one session: does what it says, and tells it what happened.
 *
 * <p>Lives on one event loop. At most one attempt and at most one wait run at a time.
 */
public final class SessionDriver {
  private static final long NO_TIMER = -1;

  private final Loop loop;
  private final Session session;
  private final ChatRequest request;
  private final Delivery delivery;
  private final Relay relay;

  private @Nullable RunningAttempt attempt;
  private @Nullable StreamOutput output;
  private long waitTimer = NO_TIMER;
  private long deadlineTimer = NO_TIMER;

  /** A driver that has not begun. */
  public SessionDriver(Loop loop, Session session, ChatRequest request, Delivery delivery) {
    this.loop = loop;
    this.session = session;
    this.request = request;
    this.delivery = delivery;
    this.relay = new Relay(request);
  }

  /** Begins; the end goes to the delivery. */
  public void begin() {
    long now = loop.ticker().nanos();
    watchDeadline(now);
    take(session.begin(now));
  }

  /** The client closed its connection: whatever runs is cancelled at once. */
  public void clientLeft() {
    accountForCancelled();
    stop();
    session.clientLeft(loop.ticker().nanos());
  }

  void succeeded(Decoded.Answer answer, Attempt by) {
    long now = loop.ticker().nanos();
    session.used(answer.usage(), now);
    if (session.succeeded(now) instanceof Step.Deliver) {
      stop();
      delivery.answered(answer, by);
    }
  }

  void failed(Failure failure) {
    take(session.failed(failure, loop.ticker().nanos()));
  }

  /** The stream of an attempt has something for the client to see. */
  void firstContent(Attempt by) {
    long now = loop.ticker().nanos();
    session.firstContent(now);
    if (output == null) {
      output = new StreamOutput(loop.vertx(), relay, delivery.streams(by));
      cancel(deadlineTimer);
      watchDeadline(now);
    }
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
    if (session.succeeded(now) instanceof Step.Deliver && output != null) {
      attempt = null; // Its connection is left to end by itself, and be used again.
      stop();
      output.end();
    }
  }

  /** The stream of an attempt will not be whole. */
  void streamFailed(Failure failure, StreamFacts facts) {
    long now = loop.ticker().nanos();
    account(facts, now);
    take(
        facts.hasContent()
            ? session.broke(failure, relay.isContinuable(), now)
            : session.failed(failure, now));
  }

  private void account(StreamFacts facts, long now) {
    if (facts.hasContent()) {
      session.flowed(facts.pace(), now);
    }
    if (!facts.usage().equals(Usage.NONE)) {
      session.used(facts.usage(), now);
    }
  }

  /** A bug ended the attempt; what that means the session knows. */
  void crashed(@Nullable Throwable bug) {
    delivery.bug(bug);
    failed(new Failure.GatewayBug());
  }

  private void take(Step step) {
    switch (step) {
      case Step.Begin begin -> begin(begin);
      case Step.Wait wait -> waitTimer = timer(wait.nanos(), this::waitOver);
      case Step.GiveUp giveUp -> {
        stop();
        flush();
        delivery.failed(giveUp);
      }
      case Step.Deliver deliver -> throw new IllegalStateException("nothing to deliver yet");
      case Step.Stop stop -> stop();
    }
  }

  private void begin(Step.Begin begin) {
    if (request.stream()) {
      relay.attempt(begin.attempt().target(), begin.continuation() != Continuation.NONE);
      attempt = new StreamAttempt(loop, this, request, begin, relay);
    } else {
      attempt = new WholeAttempt(loop, this, request, begin);
    }
    attempt.begin();
  }

  private void waitOver() {
    waitTimer = NO_TIMER;
    flush();
    take(session.waitOver(loop.ticker().nanos()));
  }

  private void deadlineOver() {
    deadlineTimer = NO_TIMER;
    accountForCancelled();
    if (attempt != null) {
      attempt.cancel();
    }
    take(session.deadlineOver(loop.ticker().nanos()));
  }

  /** What an attempt used that is cancelled before its end. */
  private void accountForCancelled() {
    Usage used = attempt == null ? Usage.NONE : attempt.usage();
    if (!used.equals(Usage.NONE)) {
      session.used(used, loop.ticker().nanos());
    }
  }

  private void flush() {
    if (output != null) {
      output.flush();
    }
  }

  private void stop() {
    cancel(waitTimer);
    cancel(deadlineTimer);
    waitTimer = NO_TIMER;
    deadlineTimer = NO_TIMER;
    if (attempt != null) {
      attempt.cancel();
      attempt = null;
    }
  }

  private void watchDeadline(long now) {
    deadlineTimer = timer(session.deadline().leftNanos(now), this::deadlineOver);
  }

  /** Fires at the first whole millisecond that is not before {@code nanos} from now. */
  private long timer(long nanos, Runnable action) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    return loop.vertx().setTimer(Math.max(1, millis), fired -> action.run());
  }

  private void cancel(long timer) {
    if (timer != NO_TIMER) {
      loop.vertx().cancelTimer(timer);
    }
  }
}
