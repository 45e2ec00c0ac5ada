package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.Step;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a target streams one attempt: pieces of the request's text from where the client has it,
 * slowly or not at all, to the end or to a break.
 */
final class SimulatedStream {
  /** How a target is while it streams. */
  enum Health {
    /** Healed: quick, and whole. */
    WELL,
    /** Sometimes slow to begin, and now and then to go on, but whole if it is let. */
    SLOW,
    /** It breaks. */
    SICK
  }

  private final SplittableRandom random;
  private final boolean well;
  private final Step.Begin begin;
  private final int from;
  private final int to;
  private final @Nullable Failure breaksWith;

  /**
   * A stream.
   *
   * @param health how long it pauses at most, and whether it breaks
   * @param delivered how many pieces the client has
   */
  SimulatedStream(SplittableRandom random, Step.Begin begin, Health health, int delivered) {
    boolean sick = health == Health.SICK;
    this.random = random;
    this.well = health == Health.WELL;
    this.begin = begin;
    this.from = begin.form().continuation() == Continuation.NONE ? 0 : delivered;
    this.to = sick ? random.nextInt(from, World.PIECES + 1) : World.PIECES;
    this.breaksWith = sick ? breakage(random.nextInt(5)) : null;
  }

  /** The first piece that it sends. */
  int from() {
    return from;
  }

  /** The piece before which it breaks or ends. */
  int to() {
    return to;
  }

  /** What it breaks with, null when it ends well. */
  @Nullable Failure breaksWith() {
    return breaksWith;
  }

  /** Nanoseconds before the piece {@code number}, or before the break there. */
  long pauseNanos(int number) {
    if (number == to && breaksWith instanceof Failure.Silent) {
      return number == from ? begin.limits().body() : begin.limits().heartbeat();
    }
    boolean slow = number == from || random.nextInt(10) == 0;
    int most = well ? 20 : slow ? 6_000 : 400;
    return random.nextLong(1, most) * World.MILLI;
  }

  private Failure breakage(int kind) {
    boolean continues = begin.form().continuation() != Continuation.NONE;
    return switch (kind) {
      case 0 -> new Failure.Broken();
      case 4 -> continues ? new Failure.NotContinued() : new Failure.Broken();
      case 1 -> new Failure.Silent(Failure.Silent.Phase.BODY);
      case 2 -> new Failure.ServerError(ProviderReply.ofStatus(200));
      default -> new Failure.Overloaded(ProviderReply.ofStatus(200), OptionalLong.empty());
    };
  }
}
