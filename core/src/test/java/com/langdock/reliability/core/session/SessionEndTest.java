package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.assertWaits;
import static com.langdock.reliability.core.session.StepAssertions.begun;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.BreakerState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How sessions end, and what does not count as an attempt. */
class SessionEndTest {
  private final SessionHarness harness = new SessionHarness();

  @Nested
  class StaleConnections {
    @Test
    void areRepeatedAtOnceOnAFreshConnectionWithoutCounting() {
      DrivenSession session = harness.session(A, B);
      List<Step> steps = harness.fail(session, Failures.STALE);
      assertBegins(steps, A, 1);
      assertThat(begun(steps).freshConnection()).isTrue();
      assertThat(session.endedAttempts()).isEmpty();
    }

    @Test
    void countWhenTheFreshConnectionDiesToo() {
      DrivenSession session = harness.session(A, B);
      harness.fail(session, Failures.STALE);
      session.failed(Failures.RESET, harness.now);
      assertThat(session.endedAttempts()).hasSize(1);
    }
  }

  @Nested
  class Untranslatable {
    @Test
    void movesToACapableTargetWithoutCounting() {
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.UNTRANSLATABLE), B, 1);
      assertThat(session.endedAttempts()).isEmpty();
    }

    @Test
    void decidesWhenNoTargetCanExpressTheRequest() {
      DrivenSession session = harness.session(A);
      Step.GiveUp end =
          assertGivesUp(harness.fail(session, Failures.UNTRANSLATABLE), ErrorCode.REQUEST_REJECTED);
      assertThat(end.failure()).isEqualTo(Failures.UNTRANSLATABLE);
    }

    @Test
    void doesNotDecideWhileAnotherTargetIsUnavailable() {
      harness.open(A);
      DrivenSession session = harness.session(A, B);
      assertGivesUp(harness.fail(session, Failures.UNTRANSLATABLE), ErrorCode.CIRCUIT_OPEN);
    }
  }

  @Nested
  class Ends {
    @Test
    void whenTheDeadlineComesDuringAnAttempt() {
      DrivenSession session = harness.session(A, B);
      session.begin(harness.now);
      harness.pass(Duration.ofSeconds(60));
      assertGivesUp(session.deadlineOver(harness.now), ErrorCode.DEADLINE_EXCEEDED);
      assertThat(lastFailure(session)).isInstanceOf(Failure.DeadlineOver.class);
      assertThat(state(A)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whenTheDeadlineComesDuringAWait() {
      DrivenSession session = harness.session(A);
      harness.fail(session, Failures.SERVER_ERROR);
      assertGivesUp(session.deadlineOver(harness.now), ErrorCode.DEADLINE_EXCEEDED);
      assertThat(session.waitOver(harness.now)).isEmpty();
    }

    @Test
    void whenAnAttemptFailsPastTheDeadlineThoughItsTimerIsStillToCome() {
      DrivenSession session = harness.session(A, B);
      session.begin(harness.now);
      harness.pass(Duration.ofSeconds(60));
      assertGivesUp(session.failed(Failures.RESET, harness.now), ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void whenAConnectionTurnsOutStalePastTheDeadline() {
      DrivenSession session = harness.session(A, B);
      session.begin(harness.now);
      harness.pass(Duration.ofSeconds(60));
      assertGivesUp(session.failed(Failures.STALE, harness.now), ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void whenAWaitIsOverOnlyPastTheDeadline() {
      DrivenSession session = harness.session(A);
      harness.fail(session, Failures.SERVER_ERROR);
      harness.pass(Duration.ofSeconds(60));
      assertGivesUp(session.waitOver(harness.now), ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void withTheProvidersRejectionEvenPastTheDeadline() {
      DrivenSession session = harness.session(A, B);
      session.begin(harness.now);
      harness.pass(Duration.ofSeconds(60));
      assertGivesUp(session.failed(Failures.REJECTED, harness.now), ErrorCode.REQUEST_REJECTED);
    }

    @Test
    void whenTheClientLeaves() {
      DrivenSession session = harness.session(A);
      session.begin(harness.now);
      session.clientLeft(harness.now);
      assertThat(harness.events.getLast()).isInstanceOf(SessionEvent.Cancelled.class);
      assertThat(session.failed(Failures.RESET, harness.now)).isEmpty();
      assertThat(harness.succeed(session)).isFalse();
    }

    @Test
    void whenTheGatewayStopsDuringAnAttempt() {
      DrivenSession session = harness.session(A);
      session.begin(harness.now);
      assertGivesUp(session.stopped(harness.now), ErrorCode.GATEWAY_STOPPING);
      assertThat(session.endedAttempts().getLast().failure())
          .isEqualTo(new Failure.GatewayStopping());
      assertThat(session.stopped(harness.now)).isEmpty();
    }

    @Test
    void whenTheGatewayStopsDuringAWait() {
      DrivenSession session = harness.session(A);
      assertWaits(harness.fail(session, Failures.SERVER_ERROR));
      assertGivesUp(session.stopped(harness.now), ErrorCode.GATEWAY_STOPPING);
      assertThat(session.waitOver(harness.now)).isEmpty();
    }

    @Test
    void whenItsPermissionIsWithdrawn() {
      DrivenSession session = harness.session(A);
      session.begin(harness.now);
      assertGivesUp(
          session.withdrawn(Failure.Withdrawn.Reason.KEY_REVOKED, harness.now),
          ErrorCode.INVALID_API_KEY);
      assertThat(lastFailure(session)).isInstanceOf(Failure.Withdrawn.class);
      assertThat(session.withdrawn(Failure.Withdrawn.Reason.QUOTA_EXCEEDED, harness.now)).isEmpty();
    }

    @Test
    void onlyOnce() {
      DrivenSession session = harness.session(A);
      session.begin(harness.now);
      harness.succeed(session);
      session.clientLeft(harness.now);
      session.deadlineOver(harness.now);
      assertThat(harness.events.stream().filter(SessionEndTest::isEnd)).hasSize(1);
    }
  }

  @Nested
  class Streams {
    @Test
    void areDeliveredFromTheirFirstContentOn() {
      DrivenSession session = harness.stream(A, B);
      session.begin(harness.now);
      session.firstContent(harness.now);
      assertThat(harness.succeed(session)).isTrue();
      assertThat(harness.events.getLast()).isInstanceOf(SessionEvent.Succeeded.class);
    }

    @Test
    void goOnElsewhereWhenTheyBreak() {
      DrivenSession session = harness.stream(A, B);
      session.begin(harness.now);
      session.firstContent(harness.now);
      harness.maxAttempts = 2;
      List<Step> steps = session.broke(Failures.SILENT, DeliveredContent.TEXT, harness.now);
      assertBegins(steps, B, 2);
      assertThat(harness.events.getLast()).isInstanceOf(SessionEvent.StreamContinued.class);
    }

    @Test
    void endInAnErrorWhenTheyCannotBeContinued() {
      DrivenSession session = harness.stream(A, B);
      session.begin(harness.now);
      session.firstContent(harness.now);
      assertGivesUp(
          session.broke(Failures.BROKEN, DeliveredContent.OTHER, harness.now),
          ErrorCode.PROVIDER_ERROR);
    }

    @Test
    void haveAClockForTheFirstContentOnlyWhileAnotherTargetIsLeft() {
      assertThat(limits(harness.stream(A, B).begin(harness.now))).isEqualTo(3);
      assertThat(limits(harness.stream(A).begin(harness.now))).isEqualTo(Long.MAX_VALUE);
      harness.open(B);
      assertThat(limits(harness.stream(A, B).begin(harness.now))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void haveNoClockForTheFirstContentOfAReasoningRequest() {
      harness.answer = new AnswerTraits(1, false, false, false, true);
      assertThat(limits(harness.stream(A, B).begin(harness.now))).isEqualTo(Long.MAX_VALUE);
    }

    private long limits(List<Step> steps) {
      return begun(steps).limits().firstContent();
    }
  }

  private BreakerState state(Target target) {
    return harness.targetStates().of(target).snapshot(harness.now).breaker().state();
  }

  private static Failure lastFailure(DrivenSession session) {
    List<EndedAttempt> attempts = session.endedAttempts();
    return Objects.requireNonNull(attempts.getLast().failure());
  }

  private static boolean isEnd(SessionEvent event) {
    return event instanceof SessionEvent.Succeeded
        || event instanceof SessionEvent.Failed
        || event instanceof SessionEvent.Cancelled;
  }
}
