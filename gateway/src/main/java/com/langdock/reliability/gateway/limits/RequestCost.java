package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;

/** Adds up what the attempts of one request cost. Lives on the request's event loop. */
public final class RequestCost {
  private final ModelCatalog models;
  private long picodollars;
  private boolean known;

  /** A request that has cost nothing yet. */
  public RequestCost(ModelCatalog models) {
    this.models = models;
  }

  /** Adds what an attempt at {@code target} used; nothing where the target has no price. */
  public void add(Target target, Usage usage) {
    Price price = models.factsOf(target).price();
    if (price != null) {
      long sum = picodollars + price.of(usage); // neither is ever negative
      picodollars = sum < 0 ? Long.MAX_VALUE : sum;
      known = true;
    }
  }

  /** Whether something was added that has a price. */
  public boolean isKnown() {
    return known;
  }

  /** Rounded up, once for all attempts. */
  public long nanodollars() {
    return Money.nanodollars(picodollars);
  }
}
