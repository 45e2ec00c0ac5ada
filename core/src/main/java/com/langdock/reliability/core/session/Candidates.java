package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The targets of a session's plan, in its order. */
final class Candidates {
  private final List<Candidate> all;
  private @Nullable Candidate lastTried;

  Candidates(Plan plan, TargetStates targetStates, long now) {
    all = new ArrayList<>(plan.targets().size());
    for (Target target : plan.targets()) {
      all.add(new Candidate(target, targetStates.of(target), now));
    }
  }

  Candidate first() {
    return all.getFirst();
  }

  /** The target of the attempt that began last, null when none has begun. */
  @Nullable Candidate lastTried() {
    return lastTried;
  }

  /** Records that an attempt at {@code candidate} began. */
  void begun(Candidate candidate) {
    candidate.begun();
    lastTried = candidate;
  }

  List<Candidate> untried() {
    List<Candidate> untried = new ArrayList<>(all.size());
    for (Candidate candidate : all) {
      if (candidate.isUntried()) {
        untried.add(candidate);
      }
    }
    return untried;
  }

  /** Whether an untried target would admit an attempt now. */
  boolean anotherIsReady(Candidate than, long now) {
    for (Candidate candidate : all) {
      if (candidate != than
          && candidate.isUntried()
          && candidate.isWorthWaitingFor(now)
          && candidate.waitNanos(now) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** The target that may be tried first of those whose wait fits, null when there is none. */
  @Nullable Candidate soonest(Predicate<Candidate> fits, long now) {
    Candidate soonest = null;
    for (Candidate candidate : all) {
      boolean better =
          fits.test(candidate)
              && (soonest == null || candidate.waitNanos(now) < soonest.waitNanos(now));
      soonest = better ? candidate : soonest;
    }
    return soonest;
  }

  /** Whether this is the first target of its provider that the request calls. */
  boolean isFirstOfProvider(Candidate called) {
    for (Candidate other : all) {
      if (other.wasTried() && other.target.provider().equals(called.target.provider())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The untried target whose open time ends first, if failures have opened the breakers of every
   * target that may still be tried. Null otherwise.
   */
  @Nullable Candidate lastResort(long now) {
    Candidate best = null;
    long least = Long.MAX_VALUE;
    for (Candidate candidate : all) {
      long wait = candidate.state.breakerWaitNanos(now);
      if (!candidate.isExcluded() && wait <= 0) {
        return null;
      }
      if (candidate.isUntried() && !candidate.state.isOpenForLong() && wait < least) {
        best = candidate;
        least = wait;
      }
    }
    return best;
  }

  /** Excludes the targets whose context window is not larger than that of {@code tooSmall}. */
  void excludeWindowsUpTo(Candidate tooSmall, ModelCatalog models) {
    OptionalLong limit = models.factsOf(tooSmall.target).contextWindow();
    for (Candidate candidate : all) {
      OptionalLong window = models.factsOf(candidate.target).contextWindow();
      boolean notLarger =
          window.isPresent() && limit.isPresent() && window.getAsLong() <= limit.getAsLong();
      if (notLarger || candidate.target.model().equals(tooSmall.target.model())) {
        candidate.exclude();
      }
    }
  }

  /** Nanoseconds until some target may be asked again, by pause or breaker; 0 when now. */
  long soonestWaitNanos(long now) {
    return all.stream().mapToLong(candidate -> candidate.retryAfterNanos(now)).min().orElse(0);
  }

  /** The refusal that stands for all; a pause only if no breaker refused. */
  Failure.@Nullable Refused refusal(long now) {
    Failure.Refused found = null;
    for (Candidate candidate : all) {
      Failure.Refused refusal = candidate.refusal();
      boolean counts =
          refusal != null && (found == null || refusal.by() != Failure.Refused.By.PAUSE);
      found = counts ? refusal : found;
    }
    return found == null ? null : new Failure.Refused(found.by(), soonestWaitNanos(now));
  }
}
