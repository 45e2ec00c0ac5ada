package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Target;
import java.util.Map;

/**
 * What the meters have counted since the start, read at one moment.
 *
 * @param at milliseconds since 1970
 * @param latency of the requests that succeeded or failed
 * @param timeToFirstChunk of the streamed requests
 * @param attempts by target
 */
public record MeterSnapshot(
    long at,
    Requests requests,
    Consumption consumption,
    int inFlight,
    Distribution latency,
    Distribution timeToFirstChunk,
    Map<Target, Attempts> attempts) {

  /** The snapshot of a gateway that starts at {@code at}. */
  public static MeterSnapshot atStart(long at) {
    return new MeterSnapshot(
        at,
        new Requests(0, 0, 0),
        new Consumption(0, 0),
        0,
        Distribution.EMPTY,
        Distribution.EMPTY,
        Map.of());
  }

  /**
   * Requests that ended.
   *
   * @param ended all of them: invalid and cancelled ones neither succeeded nor failed
   */
  public record Requests(double ended, double succeeded, double failed) {
    /** Those that ended after {@code before}. */
    public Requests since(Requests before) {
      return new Requests(
          ended - before.ended, succeeded - before.succeeded, failed - before.failed);
    }
  }

  /** Input and output tokens, and what they cost as far as the models' prices are known. */
  public record Consumption(double tokens, double dollars) {
    /** What was consumed after {@code before}. */
    public Consumption since(Consumption before) {
      return new Consumption(tokens - before.tokens, dollars - before.dollars);
    }
  }

  /** Attempts at a target that ended. */
  public record Attempts(double succeeded, double failed) {
    /** No attempts. */
    public static final Attempts NONE = new Attempts(0, 0);

    /** Those that ended after {@code before}. */
    public Attempts since(Attempts before) {
      return new Attempts(succeeded - before.succeeded, failed - before.failed);
    }
  }

  /** Attempts at {@code target} after {@code before}. */
  public Attempts attemptsSince(MeterSnapshot before, Target target) {
    return attempts
        .getOrDefault(target, Attempts.NONE)
        .since(before.attempts.getOrDefault(target, Attempts.NONE));
  }
}
