package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.core.simulation.SimulatedClient.Ending;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Watches a simulation and knows the invariants of requests and their attempts. */
final class Referee {
  private final World world;
  private final TargetStateReferee targetStates;
  private final BudgetReferee budget;
  private final StreamReferee streams;
  private final Map<SimulatedRequest, Story> stories = new HashMap<>();

  Referee(World world) {
    this.world = world;
    this.targetStates = new TargetStateReferee(world);
    this.budget = new BudgetReferee(world);
    this.streams = new StreamReferee(world);
  }

  void breakerChanged(BreakerChange change) {
    targetStates.changed(change);
  }

  /** The session said to begin an attempt, or to go on with it in another way. */
  void begins(SimulatedRequest request, Step.Begin begin, long now) {
    Story story = story(request);
    assertThat(begin.attempt()).isEqualTo(story.running);
    assertThat(request.deadline().isOver(now)).as("begins after the deadline").isFalse();
    streams.begins(request, story, begin);
  }

  /** An attempt failed before it gave anything, and the session said what is next. */
  void failed(SimulatedRequest request, Step.Begin begun, Failure failure, List<Step> next) {
    streams.failed(request, begun, failure, next);
  }

  void heard(SimulatedRequest request, SessionEvent event, long now) {
    Story story = story(request);
    assertThat(story.end).as("the end, before the last event of request %d", request.id).isNull();
    switch (event) {
      case SessionEvent.AttemptStarted started -> started(request, story, started.attempt(), now);
      case SessionEvent.TargetRefused refused ->
          assertThat(story.running).as("refused beside a running attempt").isNull();
      case SessionEvent.AttemptFailed failed -> failed(request, story, failed.attempt(), now);
      case SessionEvent.AttemptSkipped skipped -> {
        targetStates.ended(skipped.attempt());
        budget.skipped(story, skipped.attempt(), now);
        story.skipped(skipped.attempt());
      }
      case SessionEvent.RetryScheduled scheduled -> {
        assertThat(request.deadline().allows(now + scheduled.waitNanos())).isTrue();
        if (request.isCommitted()) {
          assertThat(story.anotherIsReady(world)).as("waits while another is ready").isFalse();
        }
        budget.scheduled(story, scheduled.target(), now);
      }
      case SessionEvent.MovedOn moved -> assertThat(moved.from()).isNotEqualTo(moved.to());
      case SessionEvent.StreamContinued continued -> {
        assertThat(request.isCommitted()).as("continued before content").isTrue();
        assertThat(continued.attempt()).isEqualTo(story.running);
      }
      case SessionEvent.FirstContent first -> {
        assertThat(first.attempt()).isEqualTo(story.running);
        story.hasContent = true;
      }
      case SessionEvent.TokensUsed used -> {
        assertThat(used.attempt()).isEqualTo(story.running);
        story.used = story.used.plus(used.usage());
      }
      case SessionEvent.StreamFlowed flowed -> throw new AssertionError("nobody says so here");
      case SessionEvent.Succeeded succeeded -> succeeded(story, succeeded);
      case SessionEvent.Failed failed -> {
        givesUpOnlyWhenNothingIsLeft(request, story, now);
        story.end = failed;
      }
      case SessionEvent.Cancelled cancelled -> story.end = cancelled;
    }
    if (story.end != null) {
      budget.notStarted(story, now);
    }
    if (story.end != null && stories.values().stream().allMatch(each -> each.running == null)) {
      targetStates.idle(now);
    }
  }

  /** What must hold when every request has ended. */
  void whistle(List<SimulatedRequest> all) {
    for (SimulatedRequest request : all) {
      Story story = story(request);
      assertThat(story.running).as("an attempt after the end").isNull();
      assertThat(request.client.ending())
          .as("what the client of request %d sees of %s", request.id, story.end)
          .isEqualTo(due(Objects.requireNonNull(story.end)));
    }
    budget.whistle();
  }

  private static Ending due(SessionEvent end) {
    return switch (end) {
      case SessionEvent.Succeeded succeeded -> Ending.WHOLE;
      case SessionEvent.Failed failed -> Ending.ERROR;
      case SessionEvent.Cancelled cancelled -> Ending.LEFT;
      default -> throw new AssertionError("no end: " + end);
    };
  }

  private void started(SimulatedRequest request, Story story, Attempt attempt, long now) {
    assertThat(attempt.number())
        .as("attempts of request %d", request.id)
        .isEqualTo(story.attempts + 1)
        .isLessThanOrEqualTo(world.maxAttempts);
    assertThat(story.running).as("two attempts at once").isNull();
    assertThat(story.mayGoOn).as("goes on after a final failure").isTrue();
    assertThat(story.closed)
        .as("retries what must not be retried")
        .doesNotContain(attempt.target());
    assertThat(request.deadline().isOver(now)).as("begins after the deadline").isFalse();
    targetStates.started(attempt, now);
    budget.started(story, attempt, now);
    story.started(attempt);
  }

  private void failed(SimulatedRequest request, Story story, EndedAttempt attempt, long now) {
    Failure failure = Objects.requireNonNull(attempt.failure());
    assertThat(attempt.attempt()).isEqualTo(story.running);
    targetStates.failed(attempt, failure, now);
    learn(request, story, attempt, now);
    story.mayGoOn &= streams.mayGoOn(request, story);
    story.running = null;
  }

  /** After commit, what one target says of the request is no answer to the client's. */
  private void learn(SimulatedRequest request, Story story, EndedAttempt attempt, long now) {
    Target target = attempt.attempt().target();
    switch (Objects.requireNonNull(attempt.failure())) {
      case Failure.RateLimited f
          when f.retryAfterNanos().isPresent()
              && !mayWait(request, f.retryAfterNanos().getAsLong(), now) ->
          story.closed.add(target);
      case Failure.RequestRejected f -> {
        story.mayGoOn = request.isCommitted();
        story.closed.add(target);
      }
      case Failure.SignatureRejected f -> {
        assertThat(request.deadline().isOver(now)).as("may be repeated without them").isTrue();
        story.mayGoOn = false;
      }
      case Failure.ContentPolicy f -> {
        story.mayGoOn = request.isCommitted();
        story.closed.add(target);
      }
      case Failure.DeadlineOver f -> story.mayGoOn = false;
      case Failure.ClientGone f -> story.mayGoOn = false;
      case Failure.QuotaExhausted f -> story.closed.add(target);
      case Failure.CredentialExpired f -> story.closed.add(target);
      case Failure.CredentialRejected f -> story.closed.add(target);
      case Failure.ModelNotFound f -> story.closed.add(target);
      case Failure.ProviderRefused f -> story.closed.add(target);
      case Failure.NotContinued f -> story.closed.add(target);
      case Failure.PrefillRejected f -> story.closed.add(target);
      case Failure.ContextLengthExceeded f -> story.closed.addAll(world.windowsUpTo(target));
      default -> {
        // Nothing is learned for this request.
      }
    }
  }

  private boolean mayWait(SimulatedRequest request, long asked, long now) {
    return asked <= world.maxRetryAfterNanos && request.deadline().allows(now + asked);
  }

  /** Every piece is accounted for once, whichever attempt sent it. */
  private void succeeded(Story story, SessionEvent.Succeeded succeeded) {
    targetStates.ended(succeeded.attempt().attempt());
    assertThat(succeeded.attempt().attempt()).isEqualTo(story.running);
    assertThat(succeeded.usage()).isEqualTo(story.used);
    assertThat(succeeded.usage().outputTokens()).isEqualTo(World.PIECES);
    story.running = null;
    story.end = succeeded;
  }

  private void givesUpOnlyWhenNothingIsLeft(SimulatedRequest request, Story story, long now) {
    long left = request.deadline().leftNanos(now);
    boolean isAllowed = story.mayGoOn && story.attempts < world.maxAttempts && left > 0;
    boolean couldComeBack =
        left > World.MAX_BACKOFF && story.open(world).anyMatch(target -> isPaid(target, now));
    if (isAllowed) {
      assertThat(couldComeBack || story.anotherIsReady(world)).as("gives up too early").isFalse();
    }
  }

  private boolean isPaid(Target target, long now) {
    return world.targetStates.of(target).budget().balance(now) >= 1;
  }

  private Story story(SimulatedRequest request) {
    return stories.computeIfAbsent(request, fresh -> new Story());
  }
}
