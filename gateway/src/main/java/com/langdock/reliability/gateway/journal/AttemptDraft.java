package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.FailureText;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running attempt. Guarded by its {@link RequestRecorder}. */
final class AttemptDraft {
  private static final long RUNNING = Long.MIN_VALUE;

  final Attempt attempt;
  private final boolean probe;
  private long endedAt = RUNNING;
  private @Nullable Failure failure;
  private @Nullable Long firstTokenMicros;
  private Cost cost = Cost.NONE;

  AttemptDraft(Attempt attempt, boolean probe) {
    this.attempt = attempt;
    this.probe = probe;
  }

  void firstContent(long now) {
    firstTokenMicros = micros(now - attempt.startedAt());
  }

  void used(Cost more) {
    cost = cost.plus(more);
  }

  void ended(@Nullable Failure how, long now) {
    failure = how;
    endedAt = now;
  }

  /** The attempt as it is at {@code now}, of a request that began at {@code requestStart}. */
  AttemptRow row(long requestStart, long now) {
    return new AttemptRow(
        attempt.number(),
        attempt.target(),
        probe,
        new AttemptRow.Times(
            micros(attempt.startedAt() - requestStart),
            micros((endedAt == RUNNING ? now : endedAt) - attempt.startedAt()),
            firstTokenMicros),
        result(),
        cost);
  }

  private AttemptRow.Result result() {
    return new AttemptRow.Result(
        status(),
        failure == null ? null : failure.word(),
        failure == null ? null : FailureText.of(failure),
        httpStatus(),
        retryAfterMillis());
  }

  private RequestOutcome status() {
    if (endedAt == RUNNING) {
      return RequestOutcome.IN_PROGRESS;
    }
    return switch (failure) {
      case null -> RequestOutcome.SUCCESS;
      case Failure.ClientGone gone -> RequestOutcome.CANCELLED;
      default -> RequestOutcome.FAILED;
    };
  }

  private @Nullable Integer httpStatus() {
    if (endedAt == RUNNING) {
      return null;
    }
    if (failure == null) {
      return 200;
    }
    return failure.status().isPresent() ? failure.status().getAsInt() : null;
  }

  private @Nullable Long retryAfterMillis() {
    return failure == null || failure.retryAfterNanos().isEmpty()
        ? null
        : TimeUnit.NANOSECONDS.toMillis(failure.retryAfterNanos().getAsLong());
  }

  static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
