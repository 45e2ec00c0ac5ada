package com.langdock.reliability.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Target;
import java.util.List;

/** Assertions about steps, of which there must be one. */
final class StepAssertions {
  private StepAssertions() {}

  static void assertBegins(List<Step> steps, Target target, int number) {
    Step.Begin begin = begun(steps);
    assertThat(begin.attempt().target()).isEqualTo(target);
    assertThat(begin.attempt().number()).isEqualTo(number);
  }

  static void assertWaits(List<Step> steps) {
    only(steps, Step.Wait.class);
  }

  static Step.GiveUp assertGivesUp(List<Step> steps, ErrorCode code) {
    Step.GiveUp giveUp = only(steps, Step.GiveUp.class);
    assertThat(giveUp.code()).isEqualTo(code);
    return giveUp;
  }

  static Step.Begin begun(List<Step> steps) {
    return only(steps, Step.Begin.class);
  }

  private static <S extends Step> S only(List<Step> steps, Class<S> kind) {
    assertThat(steps).singleElement().isInstanceOf(kind);
    return kind.cast(steps.getFirst());
  }
}
