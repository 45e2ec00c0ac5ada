package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.core.simulation.SimulatedClient.Ending;
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
  private @Nullable SimulatedAttempt attempt;
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
    account();
    stop();
    client.leaves();
    session.clientLeft(world.time.now());
  }

  /** Runs {@code action} unless something else happens to the attempt or the wait before. */
  void after(long nanos, Runnable action) {
    running = world.time.after(nanos, unserved(action));
  }

  /** An attempt failed before it gave anything. */
  void failed(Step.Begin begun, Failure failure) {
    Step step = session.failed(failure, world.time.now());
    world.referee.failed(this, begun, failure, step);
    take(step);
  }

  /** An attempt's stream broke after it gave something. */
  void broke(Failure failure) {
    account();
    take(
        session.broke(
            failure,
            continuable ? DeliveredContent.TEXT : DeliveredContent.OTHER,
            world.time.now()));
  }

  /** A stream's next piece came. */
  void received(int number, boolean first) {
    client.receives(number);
    if (first) {
      session.firstContent(world.time.now());
      assertThat(session.deadline()).isEqualTo(deadline());
      cancel(deadlineTimer);
      watchDeadline();
    }
  }

  /** A stream ended well. */
  void streamed(Step.Begin by) {
    account();
    succeeded(by);
  }

  /** A whole answer came at once. */
  void answered(Step.Begin by) {
    session.used(new Usage(1, 0, World.PIECES), world.time.now());
    for (int number = 0; number < World.PIECES; number++) {
      client.receives(number);
    }
    succeeded(by);
  }

  private void succeeded(Step.Begin by) {
    answeredBy = by.attempt();
    assertThat(session.succeeded(world.time.now())).isTrue();
    attempt = null;
    end(Ending.WHOLE);
  }

  private void take(Step step) {
    attempt = null;
    switch (step) {
      case Step.Begin begin -> {
        world.referee.begins(this, begin, world.time.now());
        attempt = new SimulatedAttempt(world, this, begin);
        attempt.begin();
      }
      case Step.Wait wait ->
          after(wait.nanos() + world.lateness(), () -> take(session.waitOver(world.time.now())));
      case Step.GiveUp giveUp -> end(Ending.ERROR);
      case Step.Stop stop -> throw new AssertionError("stopped, though somebody waits");
    }
  }

  /** Reports the usage of the running attempt's stream, once and before its end. */
  private void account() {
    if (attempt != null && attempt.pieces() > 0) {
      session.used(new Usage(1, 0, attempt.pieces()), world.time.now());
    }
    attempt = null;
  }

  private void watchDeadline() {
    long left = session.deadline().leftNanos(world.time.now());
    deadlineTimer = world.time.after(left + world.lateness(), unserved(this::deadlineOver));
  }

  private void deadlineOver() {
    account();
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
