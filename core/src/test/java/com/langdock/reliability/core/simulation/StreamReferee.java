package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.Step;
import java.util.HashSet;
import java.util.Set;

/** Knows the invariants of streams: what the client is given is one coherent answer. */
final class StreamReferee {
  private final World world;
  private final Set<Target> refusedPrefill = new HashSet<>();

  StreamReferee(World world) {
    this.world = world;
  }

  void begins(SimulatedRequest request, Step.Begin begin) {
    Target target = begin.attempt().target();
    boolean continues = begin.continuation() != Continuation.NONE;
    assertThat(continues).as("continues what was delivered").isEqualTo(request.isCommitted());
    if (continues) {
      assertThat(request.continuable).as("continues what nobody can go on from").isTrue();
    }
    if (begin.continuation() == Continuation.PREFILL) {
      assertThat(refusedPrefill).as("prefill where it was refused").doesNotContain(target);
      assertThat(world.models.factsOf(target.model()).prefill()).isTrue();
    }
    if (request.profile.reasoning() || world.targets.size() == 1) {
      assertThat(begin.limits().firstContent())
          .as("a clock for the first content")
          .isEqualTo(Limits.NEVER);
    }
  }

  /** A target's refusal to go on arrived: if it was of a prefill, it must be remembered. */
  void refused(Step.Begin begin) {
    if (begin.continuation() == Continuation.PREFILL) {
      refusedPrefill.add(begin.attempt().target());
    }
  }

  /** Pieces come in order, none is lost and none comes twice. */
  void delivers(SimulatedRequest request, int number) {
    assertThat(number).as("the next piece of request %d", request.id).isEqualTo(request.delivered);
    assertThat(request.ends).as("content after the end").isZero();
  }

  void heard(SimulatedRequest request, SessionEvent event) {
    switch (event) {
      case SessionEvent.Succeeded succeeded ->
          assertThat(request.delivered)
              .as("the pieces of a stream that looks whole")
              .isEqualTo(request.profile.stream() ? World.PIECES : 0);
      case SessionEvent.StreamContinued continued ->
          assertThat(request.isCommitted()).as("continued before content").isTrue();
      case SessionEvent.FirstContent first ->
          assertThat(request.profile.stream()).as("content of no stream").isTrue();
      default -> assertThat(request.delivered).isLessThanOrEqualTo(World.PIECES);
    }
  }
}
