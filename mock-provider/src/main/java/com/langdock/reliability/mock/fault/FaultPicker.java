package com.langdock.reliability.mock.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Chooses the fault of each request: first from the script, in order and once; then by chance.
 *
 * <p>One random number is drawn per request and laid against the probabilities, put end to end in
 * their order. So each fault comes exactly as often as its probability says while they add up to 1
 * or less; beyond that the later ones come less often. Guarded by its own lock.
 */
public final class FaultPicker {
  private final Deque<Fault> script;
  private final Map<Fault, Double> probabilities;
  private final RandomGenerator random;

  /** A picker over probabilities between 0 and 1, tried in the order of the map. */
  public FaultPicker(List<Fault> script, Map<Fault, Double> probabilities, RandomGenerator random) {
    this.script = new ArrayDeque<>(script);
    this.probabilities = probabilities;
    this.random = random;
  }

  /** The fault of the next request; streamed or not, it uses up the same script and chance. */
  public synchronized Fault next(boolean streamed) {
    if (!script.isEmpty()) {
      return script.removeFirst();
    }
    Fault drawn = draw(random.nextDouble());
    return streamed || !isForStreams(drawn) ? drawn : Damage.NONE;
  }

  private Fault draw(double point) {
    double end = 0;
    for (Map.Entry<Fault, Double> entry : probabilities.entrySet()) {
      end += entry.getValue();
      if (point < end) {
        return entry.getKey();
      }
    }
    return Damage.NONE;
  }

  private static boolean isForStreams(Fault fault) {
    return fault == Damage.STREAM_CUT
        || fault == Damage.STREAM_STALL
        || fault == Damage.MISSING_DONE;
  }
}
