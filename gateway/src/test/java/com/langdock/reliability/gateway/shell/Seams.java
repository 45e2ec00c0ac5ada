package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.LocalAccess;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.front.ResponseHook;
import com.langdock.reliability.gateway.telemetry.Observability.Observers;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a test puts into a gateway in place of the usual.
 *
 * @param seed of the gateway's random numbers
 * @param memory bytes that all requests may take together
 * @param observers who watch beside the log and the meters
 * @param keeper what happens to answers beside their delivery
 * @param access who is let in
 * @param codecs what becomes of each provider's codec before it is used
 */
public record Seams(
    long seed,
    long memory,
    Observers observers,
    ResponseHook keeper,
    Access access,
    UnaryOperator<ProviderFormat> codecs) {
  /** Nothing unusual. */
  public static final Seams NONE =
      new Seams(
          1,
          256L * 1024 * 1024,
          Observers.NONE,
          ResponseHook.NONE,
          new LocalAccess(Set.of("localhost")),
          codec -> codec);

  /** The same with so many bytes of memory for requests. */
  public Seams withMemory(long bytes) {
    return new Seams(seed, bytes, observers, keeper, access, codecs);
  }

  /** The same with other observers. */
  public Seams with(Observers others) {
    return new Seams(seed, memory, others, keeper, access, codecs);
  }

  /** The same with another keeper. */
  public Seams with(ResponseHook other) {
    return new Seams(seed, memory, observers, other, access, codecs);
  }

  /** The same with other codecs. */
  public Seams with(UnaryOperator<ProviderFormat> other) {
    return new Seams(seed, memory, observers, keeper, access, other);
  }

  /** The same with another access. */
  public Seams with(Access other) {
    return new Seams(seed, memory, observers, keeper, other, codecs);
  }
}
