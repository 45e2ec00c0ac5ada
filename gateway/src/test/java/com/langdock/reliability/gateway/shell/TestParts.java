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
 * Parts of a gateway that a test replaces.
 *
 * @param seed seed of the gateway's random numbers
 * @param memory bytes that all requests together may hold
 * @param watchers watchers of requests in addition to the log and the meters
 * @param breakers listeners to circuit breakers
 * @param access the access control
 * @param fronts wraps the fronts
 * @param formats wraps each provider's format
 */
public record TestParts(
    long seed,
    long memory,
    List<RequestWatcher> watchers,
    List<BreakerListener> breakers,
    Access access,
    UnaryOperator<List<Front>> fronts,
    UnaryOperator<ProviderFormat> formats) {
  /** The default parts. */
  public static final TestParts NONE =
      new TestParts(
          1,
          256L * 1024 * 1024,
          List.of(),
          List.of(),
          new LocalAccess(Set.of("localhost")),
          fronts -> fronts,
          format -> format);

  /** A copy with this many bytes of memory for requests. */
  public TestParts withMemory(long bytes) {
    return new TestParts(seed, bytes, watchers, breakers, access, fronts, formats);
  }

  /** A copy with another watcher of requests. */
  public TestParts withWatcher(RequestWatcher other) {
    return new TestParts(seed, memory, List.of(other), breakers, access, fronts, formats);
  }

  /** A copy with another listener to breakers. */
  public TestParts withBreakers(BreakerListener other) {
    return new TestParts(seed, memory, watchers, List.of(other), access, fronts, formats);
  }

  /** A copy with another access control. */
  public TestParts withAccess(Access other) {
    return new TestParts(seed, memory, watchers, breakers, other, fronts, formats);
  }

  /** A copy with wrapped fronts. */
  public TestParts withFronts(UnaryOperator<List<Front>> other) {
    return new TestParts(seed, memory, watchers, breakers, access, other, formats);
  }

  /** A copy with wrapped formats. */
  public TestParts withFormats(UnaryOperator<ProviderFormat> other) {
    return new TestParts(seed, memory, watchers, breakers, access, fronts, other);
  }
}
