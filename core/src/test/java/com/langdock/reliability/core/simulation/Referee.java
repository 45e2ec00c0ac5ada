package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.breaker.BreakerChange;
import com.langdock.reliability.core.resilience.breaker.BreakerState;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Watches a simulation and knows the invariants. */
final class Referee {
  private static final class Story {
    private int ended;
    private int lastPaid = 1;
    private boolean mayGoOn = true;
    private boolean windowTooSmall;
    private final Set<Target> tried = new HashSet<>();
    private final Set<Target> closed = new HashSet<>();
  }

  private final World world;
  private final StreamReferee streams;
  private final Map<SimulatedRequest, Story> records = new HashMap<>();
  private final Map<String, BreakerState> breakers = new HashMap<>();
  private final Map<String, Map<Attempt, Long>> probes = new HashMap<>();
  private final Map<Target, Long> notBefore = new HashMap<>();
  private final List<Long> paid = new ArrayList<>();
  private final List<Long> requests = new ArrayList<>();

  Referee(World world) {
    this.world = world;
    this.streams = new StreamReferee(world);
  }

  void begins(SimulatedRequest request, Step.Begin begin) {
    streams.begins(request, begin);
  }

  void refused(Step.Begin begin) {
    streams.refused(begin);
  }

  void delivers(SimulatedRequest request, int number) {
    streams.delivers(request, number);
  }

  void breakerChanged(BreakerChange change) {
    assertThat(change.from()).isEqualTo(state(change.breaker()));
    breakers.put(change.breaker(), change.to());
    probes.put(change.breaker(), new HashMap<>());
  }

  void heard(SimulatedRequest request, SessionEvent event, long now) {
    Story story = records.computeIfAbsent(request, fresh -> new Story());
    assertThat(story.ended).as("events after the end of request %d", request.id).isZero();
    streams.heard(request, event);
    switch (event) {
      case SessionEvent.AttemptStarted started -> started(request, story, started.attempt(), now);
      case SessionEvent.AttemptFailed failed -> failed(request, story, failed.attempt(), now);
      case SessionEvent.AttemptSkipped skipped -> {
        probeEnded(skipped.attempt());
        story.tried.add(skipped.attempt().target());
        story.closed.add(skipped.attempt().target());
      }
      case SessionEvent.RetryScheduled scheduled -> {
        assertThat(request.deadline().allows(now + scheduled.waitNanos())).isTrue();
        if (request.isCommitted()) {
          waitsOnlyWhenNobodyIsReady(request, now);
        }
        pay(story, scheduled.nextNumber(), now);
      }
      case SessionEvent.Succeeded succeeded -> {
        probeEnded(succeeded.attempt().attempt());
        story.ended++;
      }
      case SessionEvent.Failed failed -> story.ended++;
      case SessionEvent.Cancelled cancelled -> story.ended++;
      case SessionEvent.MovedOn moved -> assertThat(moved.from()).isNotEqualTo(moved.to());
      case SessionEvent.StreamContinued continued -> assertThat(story.lastPaid).isPositive();
      case SessionEvent.FirstContent first -> assertThat(story.lastPaid).isPositive();
      case SessionEvent.StreamFlowed flowed -> throw new AssertionError("nobody says so here");
      case SessionEvent.TokensUsed used -> assertThat(used.usage().totalTokens()).isPositive();
    }
  }

  void requestBegan(long now) {
    requests.add(now);
  }

  /** What must hold when every request has ended. */
  void whistle(List<SimulatedRequest> all) {
    for (SimulatedRequest request : all) {
      Story story = Objects.requireNonNull(records.get(request), "no event of " + request.id);
      assertThat(story.ended).as("ends of request %d", request.id).isEqualTo(1);
      assertThat(request.ends).isLessThanOrEqualTo(1);
    }
    budgetHeld();
  }

  private void started(SimulatedRequest request, Story story, Attempt attempt, long now) {
    Target target = attempt.target();
    story.tried.add(target);
    assertThat(attempt.number())
        .as("attempts of request %d", request.id)
        .isBetween(1, world.maxAttempts);
    assertThat(story.mayGoOn).as("goes on after a final failure").isTrue();
    assertThat(story.closed).as("retries what must not be retried").doesNotContain(target);
    assertThat(request.deadline().isOver(now)).as("begins after the deadline").isFalse();
    if (notBefore.containsKey(target)) {
      assertThat(notBefore.get(target) - now).as("undercuts a Retry-After").isNotPositive();
    }
    String breaker = world.breakerOf(target);
    assertThat(state(breaker))
        .as("an open breaker let an attempt in")
        .isNotEqualTo(BreakerState.OPEN);
    if (state(breaker) == BreakerState.HALF_OPEN) {
      probeBegan(breaker, attempt, now);
    }
    pay(story, attempt.number(), now);
  }

  /** A client that watches a stream stop does not wait while another target could go on. */
  private void waitsOnlyWhenNobodyIsReady(SimulatedRequest request, long now) {
    Story story = Objects.requireNonNull(records.get(request));
    for (Target target : world.targets) {
      boolean mayBeTried = !story.tried.contains(target) && !story.windowTooSmall;
      boolean isReady =
          world.gates.of(target).pauseNanos(now) <= 0
              && world.gates.of(target).breakerWaitNanos(now) <= 0;
      assertThat(mayBeTried && isReady).as("waits while %s is ready", target).isFalse();
    }
  }

  private void failed(SimulatedRequest request, Story story, EndedAttempt attempt, long now) {
    Target target = attempt.attempt().target();
    Failure failure = Objects.requireNonNull(attempt.failure());
    probeEnded(attempt.attempt());
    failure
        .retryAfterNanos()
        .ifPresent(nanos -> notBefore.merge(target, now + nanos, Referee::later));
    switch (failure) {
      case Failure.RequestRejected f -> {
        story.mayGoOn = request.isCommitted();
        story.closed.add(target);
      }
      case Failure.ContentPolicy f -> story.mayGoOn = request.isCommitted();
      case Failure.DeadlineOver f -> story.mayGoOn = false;
      case Failure.ClientGone f -> story.mayGoOn = false;
      case Failure.QuotaExhausted f -> story.closed.add(target);
      case Failure.CredentialRejected f -> story.closed.add(target);
      case Failure.ModelNotFound f -> story.closed.add(target);
      case Failure.ContextLengthExceeded f -> {
        story.windowTooSmall = true;
        story.closed.add(target);
      }
      default -> assertThat(failure.word()).isNotEmpty();
    }
  }

  /** A probe that takes longer than the open time gives its place away, and counts no more. */
  private void probeBegan(String breaker, Attempt attempt, long now) {
    Map<Attempt, Long> running = Objects.requireNonNull(probes.get(breaker));
    running.values().removeIf(began -> now - began >= world.breakerRules.openNanos());
    running.put(attempt, now);
    assertThat(running).hasSizeLessThanOrEqualTo(world.breakerRules.halfOpenProbes());
  }

  private void probeEnded(Attempt attempt) {
    probes.values().forEach(running -> running.remove(attempt));
  }

  /** Each attempt after the first is paid once, when it is scheduled or else when it begins. */
  private void pay(Story story, int number, long now) {
    if (number > story.lastPaid) {
      story.lastPaid = number;
      paid.add(now);
    }
  }

  private BreakerState state(String breaker) {
    return breakers.getOrDefault(breaker, BreakerState.CLOSED);
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /** Over any window: at most a full bucket, what time adds and what the requests add. */
  private void budgetHeld() {
    double capacity = capacity();
    for (int first = 0; first < paid.size(); first++) {
      for (int last = first; last < paid.size(); last++) {
        double seconds = (paid.get(last) - paid.get(first)) / (double) World.SECOND;
        long from = paid.get(first);
        long to = paid.get(last);
        long begun = requests.stream().filter(at -> at - from >= 0 && to - at >= 0).count();
        assertThat((double) last - first + 1)
            .as("retries within %.1f s", seconds)
            .isLessThanOrEqualTo(
                capacity + seconds * world.minPerSecond + begun * world.ratio + 1e-6);
      }
    }
  }

  private double capacity() {
    boolean none = world.ratio == 0 && world.minPerSecond == 0;
    return none ? 0 : Math.max(10 * world.minPerSecond, 10);
  }
}
