package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.exchange.Exchange;

/**
 * Opens the sessions of requests. Shared by all event loops.
 *
 * @param router plans their targets
 */
public record Sessions(Router router, SessionFactory factory) {
  /**
   * Whether the request may begin. One that counts tokens needs a provider that can be asked to;
   * any other begins, and fails with the reason if none can.
   */
  public boolean canAsk(Exchange exchange, Loop loop) {
    return exchange.task() != Exchange.Task.COUNT_TOKENS
        || plan(exchange).targets().stream()
            .anyMatch(target -> loop.provider(target.provider()).format().supports(exchange));
  }

  /** A session for one exchange, accepted at {@code now}, that has not begun. */
  public Session open(Exchange exchange, RequestTraits traits, SessionListener listener, long now) {
    return factory.open(traits, plan(exchange), listener, now);
  }

  private Plan plan(Exchange exchange) {
    Plan plan = router.plan(exchange.model(), exchange.preferredProvider());
    return exchange.isOfOneModel() ? plan.of(exchange.model()) : plan;
  }
}
