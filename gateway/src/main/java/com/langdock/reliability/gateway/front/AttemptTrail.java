package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import java.util.List;
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

  /**
   * The provider's status where it answered with a refusal, else the failure's word: an error
   * inside a success has no status of its own.
   */
  private static String outcome(@Nullable Failure failure) {
    if (failure == null) {
      return "200";
    }
    return failure instanceof Failure.Answered answered && isRefusal(answered.reply().status())
        ? Integer.toString(answered.reply().status())
        : failure.word();
  }

  /** Whether a status tells of a failure. */
  static boolean isRefusal(int status) {
    return status < 200 || status > 299;
  }
}
