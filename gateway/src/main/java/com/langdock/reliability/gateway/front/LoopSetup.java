package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.engine.Sessions;
import com.langdock.reliability.gateway.limits.Accounting;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop has of one configuration. A request keeps the one it began with.
 *
 * @param services what the loop has whatever is configured
 * @param loop with its connections to the providers
 * @param watcher creates the observer of each request
 * @param fronts at least one; an unknown path is refused in the shape of the first
 * @param limits of each request
 * @param accounting of what requests cost and may
 */
public record LoopSetup(
    RequestServices services,
    Loop loop,
    Sessions sessions,
    RequestWatcher watcher,
    Access access,
    List<Front> fronts,
    RequestLimits limits,
    Accounting accounting) {
  /** Keeps an immutable copy. */
  public LoopSetup {
    fronts = List.copyOf(fronts);
  }

  /** The limiter of all requests together; null where none are counted. */
  @Nullable RequestLimiter limiter() {
    return accounting.limiter();
  }
}
