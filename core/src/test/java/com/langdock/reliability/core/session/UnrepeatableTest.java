package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that must not be carried out twice. */
class UnrepeatableTest {
  private final SessionHarness harness = new SessionHarness();

  UnrepeatableTest() {
    harness.isRepeatable = false;
  }

  static List<Failure> possiblyProcessed() {
    return List.of(
        Failures.RESET,
        Failures.STALE,
        Failures.SILENT,
        Failures.OVERLOADED,
        Failures.SERVER_ERROR,
        Failures.UNREADABLE,
        Failures.BROKEN);
  }

  static List<Failure> unprocessed() {
    return List.of(
        new Failure.Unreachable(Failure.Unreachable.Cause.CONNECT),
        new Failure.Unreachable(Failure.Unreachable.Cause.TLS),
        new Failure.Unreachable(Failure.Unreachable.Cause.DNS),
        Failures.RATE_LIMITED,
        Failures.rateLimited(Duration.ofSeconds(1)),
        Failures.BAD_KEY);
  }

  @ParameterizedTest
  @MethodSource("possiblyProcessed")
  void isNotSentAgainWhereItMayHaveBeenCarriedOut(Failure failure) {
    DrivenSession session = harness.session(A, B);

    List<Step> steps = harness.fail(session, failure);

    assertThat(steps).singleElement().isInstanceOf(Step.GiveUp.class);
    assertThat(session.endedAttempts()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("unprocessed")
  void isSentAgainWhereItWasNotCarriedOut(Failure failure) {
    DrivenSession session = harness.session(A, B);

    List<Step> steps = harness.waited(session, harness.fail(session, failure));

    assertThat(steps).singleElement().isInstanceOf(Step.Begin.class);
  }

  @Test
  void hasAConnectionOfItsOwn() {
    List<Step> steps = harness.session(A).begin(harness.now);

    assertBegins(steps, A, 1);
    assertThat(((Step.Begin) steps.getFirst()).freshConnection()).isTrue();
  }

  @Test
  void tellsTheFailureThatEndedIt() {
    assertGivesUp(harness.fail(harness.session(A, B), Failures.SILENT), ErrorCode.PROVIDER_TIMEOUT);
  }
}
