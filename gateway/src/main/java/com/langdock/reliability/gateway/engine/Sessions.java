package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.access.Rights;
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
  /** The targets that may answer {@code exchange} to a caller with {@code rights}, best first. */
  public Plan plan(Exchange exchange, Rights rights) {
    Plan all = router.plan(exchange.model(), exchange.preferredProvider());
    String pinned = exchange.payload().pinnedTo();
    Plan plan = pinned == null ? all : all.at(pinned);
    Plan within = rights.allowsAllTargets() ? plan : plan.within(rights::allows);
    return exchange.isOfOneModel() ? within.of(exchange.model()) : within;
  }

  /**
   * Whether the request may begin. One that counts tokens needs a provider that can be asked to;
   * any other begins, and fails with the reason if none can.
   */
  public static boolean canAsk(Exchange exchange, Plan plan, Loop loop) {
    return exchange.task() != Exchange.Task.COUNT_TOKENS
        || plan.targets().stream()
            .anyMatch(target -> loop.provider(target.provider()).format().supports(exchange));
  }

  /** A session for a request of {@code plan}, accepted at {@code now}, that has not begun. */
  public Session open(RequestTraits traits, Plan plan, SessionListener listener, long now) {
    return factory.open(traits, plan, listener, now);
  }
}
