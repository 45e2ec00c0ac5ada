package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.Profile;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import org.jspecify.annotations.Nullable;

/** Drives one session under virtual time, as the gateway does under real time. */
final class SimulatedRequest {
  final int id;
  final Profile profile;

  /** Whether somebody else can go on from what was delivered. */
  final boolean continuable;

  private final World world;
  private final Session session;
  private VirtualTime.@Nullable Timer running;
  private VirtualTime.@Nullable Timer deadlineTimer;
  @Nullable Attempt answeredBy;
  int ends;

  /** How many pieces of the stream the client has. */
  int delivered;

  SimulatedRequest(World world, int id) {
    this.world = world;
    this.id = id;
    long now = world.time.now();
    boolean stream = world.random.nextBoolean();
    this.continuable = world.random.nextInt(5) > 0;
    this.profile =
        new Profile(
            stream,
            world.random.nextInt(4) == 0,
            new Deadline(now + world.deadlineNanos),
            new Deadline(now + world.deadlineNanos + world.random.nextLong(60) * World.SECOND));
    this.session =
        world.sessions.open(
            profile,
            new Plan(world.targets),
            (event, at) -> world.referee.heard(this, event, at),
            now);
  }

  /** The deadline that counts now. */
  Deadline deadline() {
    return isCommitted() ? profile.streamDeadline() : profile.deadline();
  }

  boolean isCommitted() {
    return delivered > 0;
  }

  void begin() {
    watchDeadline();
    take(session.begin(world.time.now()));
  }

  void leave() {
    stop();
    session.clientLeft(world.time.now());
    cancelDeadline();
  }

  private void take(Step step) {
    switch (step) {
      case Step.Begin begin -> call(begin);
      case Step.Wait wait ->
          running = world.time.after(wait.nanos(), () -> take(session.waitOver(world.time.now())));
      case Step.Deliver deliver -> end();
      case Step.GiveUp giveUp -> end();
      case Step.Stop stop -> cancelDeadline();
    }
  }

  private void call(Step.Begin begin) {
    world.referee.begins(this, begin);
    SimulatedTarget target = world.simulated(begin.attempt().target());
    long now = world.time.now();
    SimulatedTarget.Answer answer = target.answer(now, begin.limits().silence());
    Failure refusal = target.refusal(begin.continuation());
    if (refusal != null) {
      running = world.time.after(answer.nanos(), () -> refused(begin, refusal));
    } else if (answer.failure() != null) {
      Failure failure = answer.failure();
      running = world.time.after(answer.nanos(), () -> failed(failure));
    } else if (profile.stream()) {
      SimulatedStream stream = target.stream(begin, delivered);
      play(begin, stream, stream.from());
    } else {
      running = world.time.after(answer.nanos(), () -> succeeded(begin.attempt()));
    }
  }

  private void refused(Step.Begin begin, Failure refusal) {
    world.referee.refused(begin);
    failed(refusal);
  }

  private void failed(Failure failure) {
    take(session.failed(failure, world.time.now()));
  }

  private void succeeded(Attempt attempt) {
    answeredBy = attempt;
    session.used(new Usage(1, 0, 1), world.time.now());
    take(session.succeeded(world.time.now()));
  }

  private void play(Step.Begin begin, SimulatedStream stream, int number) {
    long pause = stream.pauseNanos(number);
    long most = number == stream.from() ? begin.limits().firstContent() : Limits.NEVER;
    if (pause > most) {
      Failure late = new Failure.Silent(Failure.Silent.Phase.FIRST_CONTENT);
      running = world.time.after(most, () -> failed(late));
    } else {
      running = world.time.after(pause, () -> next(begin, stream, number));
    }
  }

  private void next(Step.Begin begin, SimulatedStream stream, int number) {
    if (number < stream.to()) {
      deliver(stream, number);
      play(begin, stream, number + 1);
    } else if (stream.breaksWith() == null) {
      succeeded(begin.attempt());
    } else {
      broke(stream.breaksWith(), number > stream.from());
    }
  }

  private void deliver(SimulatedStream stream, int number) {
    world.referee.delivers(this, number);
    delivered++;
    if (number == stream.from()) {
      session.firstContent(world.time.now());
      cancelDeadline();
      watchDeadline();
    }
  }

  private void broke(Failure failure, boolean some) {
    long now = world.time.now();
    take(some ? session.broke(failure, continuable, now) : session.failed(failure, now));
  }

  private void watchDeadline() {
    long left = session.deadline().leftNanos(world.time.now());
    deadlineTimer =
        world.time.after(
            left,
            () -> {
              stop();
              take(session.deadlineOver(world.time.now()));
            });
  }

  private void end() {
    ends++;
    stop();
    cancelDeadline();
  }

  private void stop() {
    if (running != null) {
      running.cancel();
    }
  }

  private void cancelDeadline() {
    if (deadlineTimer != null) {
      deadlineTimer.cancel();
    }
  }
}
