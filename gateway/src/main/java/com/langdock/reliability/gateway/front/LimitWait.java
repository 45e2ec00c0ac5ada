package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.limits.LimitDecision;
import com.langdock.reliability.gateway.limits.LimitQuestion;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A request that waits until more of a shared limit was drawn, and is decided again then; without
 * that after as long as it may wait for what is missing. Lives on one event loop.
 */
final class LimitWait {
  private final EventLoop loop;
  private final RequestLimiter limiter;
  private final LimitQuestion question;
  private final BooleanSupplier isThere;
  private final Consumer<LimitDecision> then;
  private final LoopTimer timer;
  private final long began;
  private boolean ended;

  /**
   * A wait that has not begun.
   *
   * @param isThere asked before the request is decided, which reserves something; false ends it
   * @param then receives the decision, which is never short
   */
  LimitWait(
      EventLoop loop,
      RequestLimiter limiter,
      LimitQuestion question,
      BooleanSupplier isThere,
      Consumer<LimitDecision> then) {
    this.loop = loop;
    this.limiter = limiter;
    this.question = question;
    this.isThere = isThere;
    this.then = then;
    this.timer = loop.timer();
    this.began = loop.ticker().nanos();
  }

  /** Waits for what is missing. */
  void begin(LimitDecision.Lacking missing) {
    long left = limiter.waitNanos(missing) - (loop.ticker().nanos() - began);
    if (left <= 0) {
      late();
      return;
    }
    timer.set(left, this::late);
    limiter.whenDrawn(missing, () -> loop.execute(this::drawn));
  }

  private void drawn() {
    if (ended) {
      return;
    }
    if (!isThere.getAsBoolean()) {
      end();
      return;
    }
    LimitDecision decision = limiter.decide(question);
    if (decision instanceof LimitDecision.Lacking missing) {
      begin(missing); // Others took what was drawn.
    } else {
      end();
      then.accept(decision);
    }
  }

  private void late() {
    if (!ended) {
      end();
      if (isThere.getAsBoolean()) {
        then.accept(limiter.decideAlone(question));
      }
    }
  }

  private void end() {
    ended = true;
    timer.cancel();
  }
}
