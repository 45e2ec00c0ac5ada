package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.begun;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A credential that has ended, or that is not there. */
class CredentialTest {
  private final SessionHarness harness = new SessionHarness();

  @Test
  void isRenewedAtOnceInTheSameAttempt() {
    DrivenSession session = harness.session(A, B);
    assertThat(begun(session.begin(harness.now)).freshCredential()).isFalse();
    List<Step> steps = session.failed(Failures.EXPIRED_KEY, harness.now);
    assertBegins(steps, A, 1);
    assertThat(begun(steps).freshCredential()).isTrue();
    harness.succeed(session);
    assertThat(session.endedAttempts()).hasSize(1);
  }

  @Test
  void isRenewedThoughTheLastAttemptIsUnderWayAndTheBudgetIsEmpty() {
    harness.maxAttempts = 1;
    harness.budgetRatio = 0;
    harness.budgetPerSecond = 0;
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    assertBegins(session.failed(Failures.EXPIRED_KEY, harness.now), A, 1);
  }

  @Test
  void isRenewedOnceAndThenTheProviderIsLeft() {
    DrivenSession session = harness.session(A, B);
    session.begin(harness.now);
    session.failed(Failures.EXPIRED_KEY, harness.now);
    List<Step> steps = session.failed(Failures.EXPIRED_KEY, harness.now);
    assertBegins(steps, B, 2);
    assertThat(begun(steps).freshCredential()).isFalse();
  }

  @Test
  void isNotRenewedAgainByTheNextFormOfTheAttempt() {
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    session.failed(Failures.EXPIRED_KEY, harness.now);
    List<Step> steps = session.failed(Failures.BAD_SIGNATURE, harness.now);
    assertBegins(steps, A, 1);
    assertThat(begun(steps).freshCredential()).isFalse();
  }

  @Test
  void isNotRenewedAfterTheDeadline() {
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    harness.pass(Duration.ofMinutes(10));
    assertGivesUp(session.failed(Failures.EXPIRED_KEY, harness.now), ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void isMissedAtOneProviderOnly() {
    DrivenSession session = harness.session(A, B);
    session.begin(harness.now);
    assertBegins(session.failed(Failures.NO_KEY, harness.now), B, 2);
  }
}
