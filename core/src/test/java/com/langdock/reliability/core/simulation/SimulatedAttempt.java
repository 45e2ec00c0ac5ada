package com.langdock.reliability.core.simulation;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.session.Step;

/** One attempt: reports the target's simulated behaviour to its request, within the limits. */
final class SimulatedAttempt {
  private final World world;
  private final SimulatedRequest request;
  private final Step.Begin step;
  private int pieces;

  SimulatedAttempt(World world, SimulatedRequest request, Step.Begin step) {
    this.world = world;
    this.request = request;
    this.step = step;
  }

  /** How many pieces of a stream it gave. */
  int pieces() {
    return pieces;
  }

  void begin() {
    SimulatedTarget target = world.simulated(step.attempt().target());
    SimulatedTarget.Answer answer = target.answer(world.time.now(), step.limits().headers());
    Failure refusal = target.refusal(step.form());
    Failure failure = refusal == null ? answer.failure() : refusal;
    if (failure != null) {
      request.after(answer.nanos(), () -> request.failed(step, failure));
    } else if (request.traits.stream()) {
      play(target.stream(step, request.client.pieces()));
    } else {
      request.after(answer.nanos(), () -> request.answered(step));
    }
  }

  private void play(SimulatedStream stream) {
    int number = stream.from() + pieces;
    Limits limits = step.limits();
    long pause = stream.pauseNanos(number);
    long most = pieces == 0 ? limits.firstContent() : limits.heartbeat();
    if (pause > most) {
      request.after(most, () -> broke(new Failure.Silent(awaited())));
    } else {
      request.after(pause, () -> next(stream, number));
    }
  }

  private Failure.Silent.Phase awaited() {
    return pieces == 0 ? Failure.Silent.Phase.FIRST_CONTENT : Failure.Silent.Phase.BODY;
  }

  private void next(SimulatedStream stream, int number) {
    if (number < stream.to()) {
      pieces++;
      request.received(step, number, pieces == 1);
      play(stream);
    } else if (stream.breaksWith() == null) {
      request.streamed(step);
    } else {
      broke(stream.breaksWith());
    }
  }

  private void broke(Failure failure) {
    if (pieces == 0) {
      request.failed(step, failure);
    } else {
      request.broke(step, failure);
    }
  }
}
