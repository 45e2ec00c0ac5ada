package com.langdock.reliability.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Target;

/** Assertions about steps. */
final class StepAssertions {
  private StepAssertions() {}

  static void assertBegins(Step step, Target target, int number) {
    assertThat(step).isInstanceOf(Step.Begin.class);
    Step.Begin begin = (Step.Begin) step;
    assertThat(begin.attempt().target()).isEqualTo(target);
    assertThat(begin.attempt().number()).isEqualTo(number);
  }

  static Step.GiveUp assertGivesUp(Step step, ErrorCode code) {
    assertThat(step).isInstanceOf(Step.GiveUp.class);
    Step.GiveUp giveUp = (Step.GiveUp) step;
    assertThat(giveUp.code()).isEqualTo(code);
    return giveUp;
  }
}
