package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.front.DataApi;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.server.ConnectionRules;
import com.langdock.reliability.gateway.server.DataServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;

/**
 * The data port on one event loop.
 *
 * @param parts its connections to the providers
 * @param api its requests
 * @param server its connections to clients
 * @param rules how these begin
 */
record DataLoop(
    EventLoop events,
    LoopParts parts,
    DataApi api,
    DataServer server,
    Function<Setup, ConnectionRules> rules) {
  /** Has the requests that begin from now on follow {@code setup}; from any thread. */
  Future<Void> use(Setup setup) {
    Promise<Void> used = Promise.promise();
    events.execute(() -> {
      try {
        api.use(parts.use(setup));
        server.use(rules.apply(setup));
        used.complete();
      } catch (Throwable bug) {
        used.fail(bug);
        events.caught(bug);
      }
    });
    return used.future();
  }
}
