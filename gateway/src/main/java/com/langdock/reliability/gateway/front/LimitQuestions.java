package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.limits.LimitQuestion;

/** Says to the limits what they must know of a request. */
final class LimitQuestions {
  private LimitQuestions() {}

  static LimitQuestion of(RequestContext context, Exchange exchange, Plan plan) {
    return new LimitQuestion(
        context.caller(),
        exchange.model(),
        plan,
        inputTokens(exchange),
        exchange.payload().body().length(),
        exchange.choices(),
        context.front().outputLimit(exchange));
  }

  /** Whatever is answered uses tokens; what is only passed on may use none. */
  private static long inputTokens(Exchange exchange) {
    return switch (exchange.task()) {
      case ANSWER -> Math.max(1, exchange.estimatedInputTokens());
      case FORWARD -> exchange.estimatedInputTokens();
      case COUNT_TOKENS, PASS -> 0;
    };
  }
}
