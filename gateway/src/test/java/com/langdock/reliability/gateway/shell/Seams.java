package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.LocalAccess;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a test puts into a gateway in place of the usual.
 *
 * @param seed of the gateway's random numbers
 * @param memory bytes that all requests may take together
 * @param watchers who watch requests beside the log and the meters
 * @param breakers who hears of circuit breakers
 * @param access who is let in
 * @param fronts what becomes of the fronts before they are used
 * @param codecs what becomes of each provider's codec before it is used
 */
public record Seams(
    long seed,
    long memory,
    List<RequestWatcher> watchers,
    List<BreakerListener> breakers,
    Access access,
    UnaryOperator<List<Front>> fronts,
    UnaryOperator<ProviderFormat> codecs) {
  /** Nothing unusual. */
  public static final Seams NONE =
      new Seams(
          1,
          256L * 1024 * 1024,
          List.of(),
          List.of(),
          new LocalAccess(Set.of("localhost")),
          fronts -> fronts,
          codec -> codec);

  /** The same with so many bytes of memory for requests. */
  public Seams withMemory(long bytes) {
    return new Seams(seed, bytes, watchers, breakers, access, fronts, codecs);
  }

  /** The same with another watcher of requests. */
  public Seams withWatcher(RequestWatcher other) {
    return new Seams(seed, memory, List.of(other), breakers, access, fronts, codecs);
  }

  /** The same with another listener to breakers. */
  public Seams withBreakers(BreakerListener other) {
    return new Seams(seed, memory, watchers, List.of(other), access, fronts, codecs);
  }

  /** The same with another access. */
  public Seams withAccess(Access other) {
    return new Seams(seed, memory, watchers, breakers, other, fronts, codecs);
  }

  /** The same with other fronts. */
  public Seams withFronts(UnaryOperator<List<Front>> other) {
    return new Seams(seed, memory, watchers, breakers, access, other, codecs);
  }

  /** The same with other codecs. */
  public Seams with(UnaryOperator<ProviderFormat> other) {
    return new Seams(seed, memory, watchers, breakers, access, fronts, other);
  }
}
