package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.exchange.Codec;
import com.langdock.reliability.gateway.front.ResponseHook;
import com.langdock.reliability.gateway.telemetry.Observability.Watchers;
import java.util.function.UnaryOperator;

/**
 * What a test puts into a gateway in place of the usual.
 *
 * @param seed of the gateway's random numbers
 * @param watchers who watch beside the log and the meters
 * @param keeper what happens to answers beside their delivery
 * @param codecs what becomes of each provider's codec before it is used
 */
public record Seams(
    long seed, Watchers watchers, ResponseHook keeper, UnaryOperator<Codec> codecs) {
  /** Nothing unusual. */
  public static final Seams NONE = new Seams(1, Watchers.NONE, ResponseHook.NONE, codec -> codec);

  /** The same with other watchers. */
  public Seams with(Watchers others) {
    return new Seams(seed, others, keeper, codecs);
  }

  /** The same with another keeper. */
  public Seams with(ResponseHook other) {
    return new Seams(seed, watchers, other, codecs);
  }

  /** The same with other codecs. */
  public Seams with(UnaryOperator<Codec> other) {
    return new Seams(seed, watchers, keeper, other);
  }
}
