package com.langdock.reliability.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Gives an event loop its server. */
final class LoopVerticle extends VerticleBase {
  private final Function<Vertx, Future<Integer>> listen;

  /** Calls {@code listen} on an event loop of its own. */
  LoopVerticle(Function<Vertx, Future<Integer>> listen) {
    this.listen = listen;
  }

  @Override
  public Future<?> start() {
    return listen.apply(vertx);
  }
}
