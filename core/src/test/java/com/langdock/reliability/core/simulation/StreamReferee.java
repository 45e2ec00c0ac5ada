package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.core.session.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows the invariants of how streams begin and go on. */
final class StreamReferee {
  private final World world;
  private final Set<Target> refusedPrefill = new HashSet<>();

  StreamReferee(World world) {
    this.world = world;
  }

  void begins(SimulatedRequest request, Story story, Step.Begin begin) {
    Target target = begin.attempt().target();
    ModelFacts facts = world.models.factsOf(target.model());
    boolean continues = begin.form().continuation() != Continuation.NONE;
    assertThat(continues).as("continues what was delivered").isEqualTo(request.isCommitted());
    if (begin.form().continuation() == Continuation.PREFILL) {
      assertThat(refusedPrefill).as("prefill where it was refused").doesNotContain(target);
      assertThat(facts.prefill()).as("prefill of a model that knows none").isTrue();
    }
    boolean thinksFirst = request.traits.answer().reasoning() || facts.reasoning();
    boolean canMoveOn = story.attempts < world.maxAttempts && story.anotherIsReady(world);
    assertThat(begin.limits().firstContent() != Limits.NEVER)
        .as("a clock for the first content")
        .isEqualTo(canMoveOn && !thinksFirst);
  }

  /** Nobody goes on from what broke after content when that is not allowed. */
  boolean mayGoOn(SimulatedRequest request, Story story) {
    return !story.hasContent || (request.continuable && world.continueStreams);
  }

  /** What was refused is left out, and asked again at once as the same attempt. */
  void failed(SimulatedRequest request, Step.Begin begun, Failure failure, List<Step> next) {
    if (failure instanceof Failure.SignatureRejected
        && !request.deadline().isOver(world.time.now())) {
      assertThat(begun.form().withoutSignatures()).as("asked without them").isFalse();
      assertThat(repeated(begun, next).form().withoutSignatures()).isTrue();
    }
    boolean refused =
        begun.form().continuation() == Continuation.PREFILL
            && failure instanceof Failure.PrefillRejected;
    if (refused) {
      refusedPrefill.add(begun.attempt().target());
    }
    if (refused && !request.deadline().isOver(world.time.now())) {
      Step.Begin again = repeated(begun, next);
      assertThat(again.form().continuation()).isEqualTo(Continuation.INSTRUCTION);
    }
  }

  private static Step.Begin repeated(Step.Begin begun, List<Step> next) {
    assertThat(next).singleElement().isInstanceOf(Step.Begin.class);
    Step.Begin again = (Step.Begin) next.getFirst();
    assertThat(again.attempt()).as("the same attempt").isEqualTo(begun.attempt());
    return again;
  }
}
