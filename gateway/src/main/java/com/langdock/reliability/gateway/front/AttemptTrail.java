package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes attempts as {@code openai/gpt-4:429:120ms, anthropic/claude-3-opus:200:830ms}. */
public final class AttemptTrail {
  private AttemptTrail() {}

  /** The trail of the attempts, in order; empty when there were none. */
  public static String of(List<EndedAttempt> attempts) {
    StringBuilder trail = new StringBuilder(64);
    for (EndedAttempt attempt : attempts) {
      trail
          .append(trail.isEmpty() ? "" : ", ")
          .append(attempt.attempt().target().provider())
          .append('/')
          .append(attempt.attempt().target().model())
          .append(':')
          .append(outcome(attempt.failure()))
          .append(':')
          .append(TimeUnit.NANOSECONDS.toMillis(attempt.nanos()))
          .append("ms");
    }
    return trail.toString();
  }

  private static String outcome(@Nullable Failure failure) {
    OptionalInt status = status(failure);
    return failure != null && status.isEmpty()
        ? failure.word()
        : Integer.toString(status.getAsInt());
  }

  /**
   * The status of an attempt: 200 when it succeeded, the provider's where it answered with an
   * error, empty where it did not. A failure inside a success has no status of its own.
   */
  public static OptionalInt status(@Nullable Failure failure) {
    if (failure == null) {
      return OptionalInt.of(200);
    }
    OptionalInt answered = failure.status();
    return isSuccess(answered.orElse(0)) ? OptionalInt.empty() : answered;
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status <= 299;
  }
}
