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
  /** Whether a provider in the plan of {@code exchange} can be asked for its task. */
  public boolean canAsk(Exchange exchange, Loop loop) {
    return exchange.task() == Exchange.Task.ANSWER
        || plan(exchange).targets().stream()
            .anyMatch(target -> loop.provider(target.provider()).format().supports(exchange));
  }

  /** A session for one exchange, accepted at {@code now}, that has not begun. */
  public Session open(Exchange exchange, RequestTraits traits, SessionListener listener, long now) {
    return factory.open(traits, plan(exchange), listener, now);
  }

  private Plan plan(Exchange exchange) {
    return router.plan(exchange.model(), exchange.preferredProvider());
  }
}
