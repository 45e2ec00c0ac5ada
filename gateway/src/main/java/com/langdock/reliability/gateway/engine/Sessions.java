package com.langdock.reliability.gateway.engine;

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
  /** A session for one exchange, accepted at {@code now}, that has not begun. */
  public Session open(Exchange exchange, RequestTraits traits, SessionListener listener, long now) {
    return factory.open(
        traits, router.plan(exchange.model(), exchange.preferredProvider()), listener, now);
  }
}
