package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import java.util.Map;

/**
 * What the meters have counted since the start, read at one moment.
 *
 * @param at milliseconds since 1970
 * @param requests that ended in whatever way
 * @param succeeded requests
 * @param failed requests: refused ones and those whose client left are neither
 * @param dollars that tokens cost
 * @param targets what attempts at each came to
 */
record Totals(
    long at,
    double requests,
    double succeeded,
    double failed,
    double tokens,
    double dollars,
    int inFlight,
    Distribution latency,
    Distribution firstToken,
    Map<Target, Attempts> targets) {

  /** What has been counted at the start. */
  static Totals atStart(long at) {
    return new Totals(at, 0, 0, 0, 0, 0, 0, Distribution.EMPTY, Distribution.EMPTY, Map.of());
  }

  /** Attempts at a target that ended. */
  record Attempts(double succeeded, double failed) {
    static final Attempts NONE = new Attempts(0, 0);

    Attempts plus(Attempts other) {
      return new Attempts(succeeded + other.succeeded, failed + other.failed);
    }

    Attempts since(Attempts before) {
      return new Attempts(succeeded - before.succeeded, failed - before.failed);
    }
  }

  /** Attempts at {@code target} since {@code before}. */
  Attempts attempts(Target target, Totals before) {
    Attempts then = before.targets.getOrDefault(target, Attempts.NONE);
    return targets.getOrDefault(target, Attempts.NONE).since(then);
  }
}
