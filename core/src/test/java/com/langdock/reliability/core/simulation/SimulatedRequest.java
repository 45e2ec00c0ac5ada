package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.Profile;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import org.jspecify.annotations.Nullable;

/** Drives one session under virtual time, as the gateway does under real time. */
final class SimulatedRequest {
  final int id;
  final Deadline deadline;
  private final World world;
  private final Session session;
  private VirtualTime.@Nullable Timer running;
  private VirtualTime.@Nullable Timer deadlineTimer;
  @Nullable Attempt answeredBy;
  int ends;

  SimulatedRequest(World world, int id) {
    this.world = world;
    this.id = id;
    long now = world.time.now();
    this.deadline = new Deadline(now + world.deadlineNanos);
    this.session =
        world.sessions.open(
            new Profile(false, false, deadline, deadline),
            new Plan(world.targets),
            (event, at) -> world.referee.heard(this, event, at),
            now);
  }

  void begin() {
    deadlineTimer =
        world.time.after(
            world.deadlineNanos,
            () -> {
              stop();
              take(session.deadlineOver(world.time.now()));
            });
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
    SimulatedTarget target = world.simulated(begin.attempt().target());
    SimulatedTarget.Answer answer = target.answer(world.time.now(), begin.limits().silence());
    running = world.time.after(answer.nanos(), () -> answered(begin.attempt(), answer));
  }

  private void answered(Attempt attempt, SimulatedTarget.Answer answer) {
    if (answer.failure() != null) {
      take(session.failed(answer.failure(), world.time.now()));
      return;
    }
    answeredBy = attempt;
    take(session.succeeded(world.time.now()));
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
