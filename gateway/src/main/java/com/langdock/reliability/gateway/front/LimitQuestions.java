package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.limits.LimitQuestion;

/** Says to the limits what they must know of a request. */
final class LimitQuestions {
  private LimitQuestions() {}

  static LimitQuestion of(RequestContext context, Exchange exchange, Plan plan) {
    boolean usesTokens = exchange.task() != Exchange.Task.COUNT_TOKENS;
    return new LimitQuestion(
        context.caller(),
        exchange.model(),
        plan,
        usesTokens ? Math.max(1, exchange.estimatedInputTokens()) : 0,
        exchange.payload().bytes().length,
        exchange.choices(),
        context.front().outputLimit(exchange));
  }
}
