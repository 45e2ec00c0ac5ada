package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.begun;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures in the history that a target rejects. */
class SignatureTest {
  private final SessionHarness harness = new SessionHarness();

  private static boolean isWithoutSignatures(List<Step> steps) {
    return begun(steps).form().withoutSignatures();
  }

  @Test
  void areSentToEveryTargetAtFirst() {
    DrivenSession session = harness.session(A, B);
    assertThat(isWithoutSignatures(session.begin(harness.now))).isFalse();
    session.failed(Failures.BAD_SIGNATURE, harness.now);
    List<Step> other = session.failed(Failures.BAD_KEY, harness.now);
    assertBegins(other, B, 2);
    assertThat(isWithoutSignatures(other)).isFalse();
  }

  @Test
  void areLeftOutAtOnceInTheSameAttempt() {
    DrivenSession session = harness.session(A, B);
    session.begin(harness.now);
    List<Step> steps = session.failed(Failures.BAD_SIGNATURE, harness.now);
    assertBegins(steps, A, 1);
    assertThat(isWithoutSignatures(steps)).isTrue();
    harness.succeed(session);
    assertThat(session.endedAttempts()).hasSize(1);
  }

  @Test
  void areLeftOutThoughTheLastAttemptIsUnderWay() {
    harness.maxAttempts = 1;
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    assertBegins(session.failed(Failures.BAD_SIGNATURE, harness.now), A, 1);
  }

  @Test
  void areLeftOutThoughTheRetryBudgetIsEmpty() {
    harness.budgetRatio = 0;
    harness.budgetPerSecond = 0;
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    assertBegins(session.failed(Failures.BAD_SIGNATURE, harness.now), A, 1);
  }

  @Test
  void areLeftOutOnce() {
    DrivenSession session = harness.session(A, B);
    session.begin(harness.now);
    session.failed(Failures.BAD_SIGNATURE, harness.now);
    Step.GiveUp end =
        assertGivesUp(
            session.failed(Failures.BAD_SIGNATURE, harness.now), ErrorCode.REQUEST_REJECTED);
    assertThat(end.failure()).isInstanceOf(Failure.SignatureRejected.class);
    assertThat(session.endedAttempts()).hasSize(1);
  }

  @Test
  void stayLeftOutOfTheNextAttemptAtTheTarget() {
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    session.failed(Failures.BAD_SIGNATURE, harness.now);
    List<Step> steps = session.failed(Failures.SERVER_ERROR, harness.now);
    List<Step> again = harness.waited(session, steps);
    assertBegins(again, A, 2);
    assertThat(isWithoutSignatures(again)).isTrue();
  }

  @Test
  void areSentAgainWithTheNextRequest() {
    DrivenSession first = harness.session(A);
    first.begin(harness.now);
    first.failed(Failures.BAD_SIGNATURE, harness.now);
    harness.succeed(first);
    assertThat(isWithoutSignatures(harness.session(A).begin(harness.now))).isFalse();
  }

  @Test
  void areNotLeftOutAfterTheDeadline() {
    DrivenSession session = harness.session(A);
    session.begin(harness.now);
    harness.pass(Duration.ofMinutes(10));
    assertGivesUp(session.failed(Failures.BAD_SIGNATURE, harness.now), ErrorCode.REQUEST_REJECTED);
  }

  @Test
  void areLeftOutOfAContinuationToo() {
    DrivenSession session = continued();
    List<Step> steps = session.failed(Failures.BAD_SIGNATURE, harness.now);
    assertBegins(steps, B, 2);
    assertThat(begun(steps).form().continuation()).isEqualTo(Continuation.PREFILL);
    assertThat(isWithoutSignatures(steps)).isTrue();
  }

  @Test
  void areLeftOutWithTheContinuationKnownThen() {
    DrivenSession session = continued();
    continued().failed(Failures.NO_PREFILL, harness.now);
    List<Step> steps = session.failed(Failures.BAD_SIGNATURE, harness.now);
    assertThat(begun(steps).form().continuation()).isEqualTo(Continuation.INSTRUCTION);
  }

  /** A session whose stream from A broke and goes on at B. */
  private DrivenSession continued() {
    DrivenSession session = harness.stream(A, B);
    session.begin(harness.now);
    session.firstContent(harness.now);
    session.broke(Failures.BROKEN, DeliveredContent.TEXT, harness.now);
    return session;
  }
}
