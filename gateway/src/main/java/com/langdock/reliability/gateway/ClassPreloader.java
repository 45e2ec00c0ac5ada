package com.langdock.reliability.gateway;

import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Loads what is the same for every configuration: a fifth of a start, which a second core can do
 * while the configuration is read.
 */
final class ClassPreloader {
  private final CompletableFuture<Void> logging;

  private ClassPreloader(CompletableFuture<Void> logging) {
    this.logging = logging;
  }

  /** Begins to load; whoever needs the network's classes before they are loaded waits for them. */
  static ClassPreloader begin() {
    CompletableFuture<Void> logging = CompletableFuture.runAsync(LoggerFactory::getILoggerFactory);
    var _ = logging.thenRunAsync(ClassPreloader::network);
    return new ClassPreloader(logging);
  }

  /** To be waited for: while SLF4J looks for Logback, it hands out a factory of its own. */
  void awaitLogging() {
    logging.join();
  }

  private static void network() {
    TransportChoice.known();
    new VertxOptions();
  }
}
