package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.provider.ChatRequest;
import com.langdock.reliability.gateway.provider.Decoded;
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

  private @Nullable WholeAttempt attempt;
  private long waitTimer = NO_TIMER;
  private long deadlineTimer = NO_TIMER;

  /** A driver that has not begun. */
  public SessionDriver(Loop loop, Session session, ChatRequest request, Delivery delivery) {
    this.loop = loop;
    this.session = session;
    this.request = request;
    this.delivery = delivery;
  }

  /** Begins; the end goes to the delivery. */
  public void begin() {
    long now = loop.ticker().nanos();
    deadlineTimer = timer(session.deadline().leftNanos(now), this::deadlineOver);
    take(session.begin(now));
  }

  /** The client closed its connection: whatever runs is cancelled at once. */
  public void clientLeft() {
    stop();
    session.clientLeft(loop.ticker().nanos());
  }

  void succeeded(Decoded.Answer answer, Attempt by) {
    if (session.succeeded(answer.usage(), loop.ticker().nanos()) instanceof Step.Deliver) {
      stop();
      delivery.answered(answer, by);
    }
  }

  void failed(Failure failure) {
    take(session.failed(failure, loop.ticker().nanos()));
  }

  /** A bug ended the attempt: the permit and the timers are given back, the client is told. */
  void crashed(@Nullable Throwable bug) {
    clientLeft();
    delivery.crashed(bug);
  }

  private void take(Step step) {
    switch (step) {
      case Step.Begin begin -> {
        attempt = new WholeAttempt(loop, this, request, begin);
        attempt.begin();
      }
      case Step.Wait wait -> waitTimer = timer(wait.nanos(), this::waitOver);
      case Step.GiveUp giveUp -> {
        stop();
        delivery.failed(giveUp);
      }
      case Step.Deliver deliver -> throw new IllegalStateException("nothing to deliver yet");
      case Step.Stop stop -> stop();
    }
  }

  private void waitOver() {
    waitTimer = NO_TIMER;
    take(session.waitOver(loop.ticker().nanos()));
  }

  private void deadlineOver() {
    deadlineTimer = NO_TIMER;
    if (attempt != null) {
      attempt.cancel();
    }
    take(session.deadlineOver(loop.ticker().nanos()));
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
