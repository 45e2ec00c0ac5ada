package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.core.simulation.SimulatedClient.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drives one session under virtual time, as the gateway does under real time. */
final class SimulatedRequest {
  final int id;
  final RequestTraits traits;
  final SimulatedClient client = new SimulatedClient();

  /** Whether somebody else can go on from what was delivered. */
  final boolean continuable;

  private final World world;
  private final Session session;
  private final Map<Attempt, SimulatedAttempt> attempts = new LinkedHashMap<>();
  private VirtualTime.@Nullable Timer running;
  private VirtualTime.@Nullable Timer deadlineTimer;
  @Nullable Attempt answeredBy;

  SimulatedRequest(World world, int id) {
    this.world = world;
    this.id = id;
    long now = world.time.now();
    long streamNanos = world.deadlineNanos + world.random.nextLong(1, 60) * World.SECOND;
    this.continuable = world.random.nextInt(5) > 0;
    this.traits =
        new RequestTraits(
            world.random.nextBoolean(),
            new AnswerTraits(1, false, false, false, world.random.nextInt(4) == 0),
            new Deadline(now + world.deadlineNanos),
            new Deadline(now + streamNanos));
    this.session =
        world.sessions.open(
            traits,
            new Plan(world.targets),
            (event, at) -> world.referee.heard(this, event, at),
            now);
  }

  /** The deadline that counts now. */
  Deadline deadline() {
    return isCommitted() ? traits.streamDeadline() : traits.deadline();
  }

  boolean isCommitted() {
    return traits.stream() && client.pieces() > 0;
  }

  void begin() {
    watchDeadline();
    take(session.begin(world.time.now()));
  }

  void leave() {
    accountForAll();
    stop();
    client.leaves();
    session.clientLeft(world.time.now());
    reportLate();
  }

  /** Runs {@code action} unless something else happens to the attempt or the wait before. */
  void after(long nanos, Runnable action) {
    running = world.time.after(nanos, unserved(action));
  }

  /** An attempt failed before it gave anything. */
  void failed(Step.Begin begun, Failure failure) {
    attempts.remove(begun.attempt());
    List<Step> steps = session.failed(begun.attempt(), failure, world.time.now());
    world.referee.failed(this, begun, failure, steps);
    take(steps);
  }

  /** An attempt's stream broke after it gave something. */
  void broke(Step.Begin begun, Failure failure) {
    account(begun.attempt());
    take(session.broke(begun.attempt(), failure, delivered(), world.time.now()));
  }

  private DeliveredContent delivered() {
    return continuable ? DeliveredContent.TEXT : DeliveredContent.OTHER;
  }

  /** A stream's next piece came. */
  void received(Step.Begin by, int number, boolean first) {
    client.receives(number);
    if (first) {
      session.firstContent(by.attempt(), world.time.now());
      assertThat(session.deadline()).isEqualTo(deadline());
      cancel(deadlineTimer);
      watchDeadline();
    }
  }

  /** A stream ended well. */
  void streamed(Step.Begin by) {
    account(by.attempt());
    succeeded(by);
  }

  /** A whole answer came at once. */
  void answered(Step.Begin by) {
    attempts.remove(by.attempt());
    session.used(by.attempt(), new Usage(1, 0, World.PIECES), world.time.now());
    for (int number = 0; number < World.PIECES; number++) {
      client.receives(number);
    }
    succeeded(by);
  }

  private void succeeded(Step.Begin by) {
    answeredBy = by.attempt();
    assertThat(session.succeeded(by.attempt(), world.time.now())).isTrue();
    end(Ending.WHOLE);
    reportLate();
  }

  private void take(List<Step> steps) {
    assertThat(steps).as("steps while somebody waits").isNotEmpty();
    steps.forEach(this::take);
    reportLate();
  }

  /**
   * Whatever is reported of an attempt that has ended changes nothing, and the referee hears none.
   */
  private void reportLate() {
    long now = world.time.now();
    for (EndedAttempt ended : session.endedAttempts()) {
      Attempt attempt = ended.attempt();
      session.firstContent(attempt, now);
      session.used(attempt, new Usage(1, 0, 1), now);
      session.flowed(attempt, new StreamPace(1, 1, 1), now);
      assertThat(session.failed(attempt, new Failure.Broken(), now)).isEmpty();
      assertThat(session.broke(attempt, new Failure.Broken(), delivered(), now)).isEmpty();
      assertThat(session.succeeded(attempt, now)).isFalse();
    }
  }

  private void take(Step step) {
    switch (step) {
      case Step.Begin begin -> {
        world.referee.begins(this, begin, world.time.now());
        SimulatedAttempt attempt = new SimulatedAttempt(world, this, begin);
        attempts.put(begin.attempt(), attempt);
        attempt.begin();
      }
      case Step.Wait wait ->
          after(wait.nanos() + world.lateness(), () -> take(session.waitOver(world.time.now())));
      case Step.GiveUp giveUp -> end(Ending.ERROR);
    }
  }

  /** Reports the usage of an attempt's stream, once and before its end. */
  private void account(Attempt attempt) {
    SimulatedAttempt ended = Objects.requireNonNull(attempts.remove(attempt));
    if (ended.pieces() > 0) {
      session.used(attempt, new Usage(1, 0, ended.pieces()), world.time.now());
    }
  }

  private void accountForAll() {
    List.copyOf(attempts.keySet()).forEach(this::account);
  }

  private void watchDeadline() {
    long left = session.deadline().leftNanos(world.time.now());
    deadlineTimer = world.time.after(left + world.lateness(), unserved(this::deadlineOver));
  }

  private void deadlineOver() {
    accountForAll();
    stop();
    take(session.deadlineOver(world.time.now()));
  }

  /** No timer of a request outlives it. */
  private Runnable unserved(Runnable action) {
    return () -> {
      assertThat(client.isServed()).as("a timer of request %d, which has ended", id).isFalse();
      action.run();
    };
  }

  private void end(Ending ending) {
    client.ends(ending);
    stop();
  }

  private void stop() {
    cancel(running);
    cancel(deadlineTimer);
  }

  private static void cancel(VirtualTime.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
