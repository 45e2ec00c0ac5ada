package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.RequestForm;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.core.simulation.SimulatedStream.Health;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A target with healthy and failing phases; each phase fails in its own way. */
final class SimulatedTarget {
  /** What a call comes to, and after how long. */
  record Answer(@Nullable Failure failure, long nanos) {}

  private final SplittableRandom random;
  private final boolean recordPrefillRejected;
  private final boolean refusesToContinue;
  private final boolean refusesSignatures;
  private boolean healed;
  private long phaseEnds;
  private boolean begun;
  private double failureRate;
  private int favourite;

  SimulatedTarget(SplittableRandom random) {
    this.random = random;
    this.recordPrefillRejected = random.nextInt(3) == 0;
    this.refusesToContinue = random.nextInt(6) == 0;
    this.refusesSignatures = random.nextInt(4) == 0;
  }

  void heal() {
    healed = true;
  }

  /** What it says to a request in this form, null when it accepts the form. */
  @Nullable Failure refusal(RequestForm form) {
    return refusesSignatures && !form.withoutSignatures() && !healed
        ? new Failure.SignatureRejected(reply(400))
        : refusal(form.continuation());
  }

  private @Nullable Failure refusal(Continuation continuation) {
    boolean refuses =
        switch (continuation) {
          case NONE -> false;
          case PREFILL -> recordPrefillRejected || refusesToContinue;
          case INSTRUCTION -> refusesToContinue;
        };
    return refuses && !healed ? new Failure.PrefillRejected(reply(400)) : null;
  }

  SimulatedStream stream(Step.Begin begin, int delivered) {
    boolean sick = random.nextDouble() < failureRate;
    Health health = healed ? Health.WELL : sick ? Health.SICK : Health.SLOW;
    return new SimulatedStream(random, begin, health, delivered);
  }

  Answer answer(long now, long silenceNanos) {
    if (!begun || phaseEnds - now <= 0) {
      drawPhase(now);
    }
    long latency = random.nextLong(1, healed ? 500 : 3_000) * World.MILLI;
    if (healed || random.nextDouble() >= failureRate) {
      return new Answer(null, latency);
    }
    Failure failure = failure(random.nextInt(3) == 0 ? random.nextInt(KINDS) : favourite);
    return new Answer(failure, failure instanceof Failure.Silent ? silenceNanos : latency);
  }

  private void drawPhase(long now) {
    begun = true;
    phaseEnds = now + random.nextLong(1, 60) * World.SECOND;
    failureRate = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    favourite = random.nextInt(KINDS);
  }

  private static final int KINDS = 16;

  private Failure failure(int kind) {
    return switch (kind) {
      case 0 -> new Failure.Unreachable(Failure.Unreachable.Cause.RESET);
      case 1 -> new Failure.StaleConnection();
      case 2 -> new Failure.Silent(Failure.Silent.Phase.HEADERS);
      case 3 -> new Failure.RateLimited(reply(429), retryAfter());
      case 4 -> new Failure.QuotaExhausted(reply(402));
      case 5 -> new Failure.Overloaded(reply(503), retryAfter());
      case 6 -> new Failure.ServerError(reply(500));
      case 7 -> new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, 200);
      case 8 -> new Failure.Broken();
      case 9 -> new Failure.CredentialRejected(reply(401), false);
      case 10 -> new Failure.ModelNotFound(reply(404));
      case 11 -> new Failure.ContextLengthExceeded(reply(400));
      case 12 -> new Failure.RequestRejected(reply(400));
      case 13 -> new Failure.CredentialExpired(reply(401));
      case 14 -> new Failure.CredentialMissing();
      default -> new Failure.Untranslatable("n", "n must be 1");
    };
  }

  private OptionalLong retryAfter() {
    return random.nextInt(3) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(random.nextLong(1, 20) * World.SECOND);
  }

  private static ProviderReply reply(int status) {
    return ProviderReply.ofStatus(status);
  }
}
