package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.SessionHarness.C;
import static com.langdock.reliability.core.session.SessionHarness.SECOND;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.BreakerState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final SessionHarness harness = new SessionHarness();

  @Test
  void deliversTheFirstAnswer() {
    DrivenSession session = harness.session(A, B);
    assertBegins(session.begin(harness.now), A, 1);
    assertThat(harness.succeed(session)).isTrue();
    assertThat(session.endedAttempts()).hasSize(1);
    assertThat(harness.events.getLast()).isInstanceOf(SessionEvent.Succeeded.class);
  }

  @Nested
  class RetriesInPlace {
    @Test
    void withADoublingBackoffWhenThereIsOneTarget() {
      DrivenSession session = harness.session(A);
      assertThat(harness.fail(session, Failures.SERVER_ERROR))
          .containsExactly(new Step.Wait(2 * SECOND));
      List<Step> second = harness.waited(session, List.of(new Step.Wait(2 * SECOND)));
      assertBegins(second, A, 2);
      assertThat(session.failed(Failures.SERVER_ERROR, harness.now))
          .containsExactly(new Step.Wait(4 * SECOND));
    }

    @Test
    void whileTheAttemptsLeftWouldStillGiveEveryUntriedTargetOne() {
      DrivenSession session = harness.session(A, B);
      List<Step> steps = harness.fail(session, Failures.SERVER_ERROR);
      assertBegins(harness.waited(session, steps), A, 2);
      assertBegins(session.failed(Failures.SERVER_ERROR, harness.now), B, 3);
    }

    @Test
    void butMovesOnWhenTheAttemptsLeftAreNeededElsewhere() {
      DrivenSession session = harness.session(A, B, C);
      assertBegins(harness.fail(session, Failures.SERVER_ERROR), B, 2);
    }

    @Test
    void onlyAsOftenAsAttemptsAreAllowed() {
      DrivenSession session = harness.session(A);
      List<Step> end =
          harness.fail(
              session, Failures.SERVER_ERROR, Failures.SERVER_ERROR, Failures.SERVER_ERROR);
      assertGivesUp(end, ErrorCode.PROVIDER_ERROR);
      assertThat(session.endedAttempts()).hasSize(3);
    }

    @Test
    void neverPastTheDeadline() {
      harness.deadline = Duration.ofSeconds(2);
      DrivenSession session = harness.session(A);
      assertGivesUp(harness.fail(session, Failures.SERVER_ERROR), ErrorCode.PROVIDER_ERROR);
    }
  }

  @Nested
  class MovesOn {
    @Test
    void atOnceWhenATargetIsSilent() {
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.SILENT), B, 2);
      assertThat(harness.events).contains(new SessionEvent.MovedOn(A, B, Failures.SILENT));
    }

    @Test
    void andComesBackToTheTargetThatIsReadyFirst() {
      DrivenSession session = harness.session(A, B);
      harness.fail(session, Failures.SILENT);
      harness.pass(Duration.ofSeconds(1));
      assertThat(session.failed(Failures.SILENT, harness.now))
          .containsExactly(new Step.Wait(SECOND));
      assertBegins(harness.waited(session, List.of(new Step.Wait(SECOND))), A, 3);
    }

    @Test
    void fromACredentialThatIsRefusedAndOpensItsBreaker() {
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.BAD_KEY), B, 2);
      assertThat(state(A)).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void fromAUsedUpQuotaAndNeverComesBack() {
      DrivenSession session = harness.session(A);
      assertGivesUp(harness.fail(session, Failures.QUOTA), ErrorCode.QUOTA_EXHAUSTED);
      assertThat(state(A)).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void fromAModelThatTheProviderDoesNotKnow() {
      assertBegins(harness.fail(harness.session(A, B), Failures.NO_MODEL), B, 2);
      assertGivesUp(harness.fail(harness.session(A), Failures.NO_MODEL), ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void onlyToALargerWindowWhenTheContextIsTooLong() {
      DrivenSession session = harness.session(A, B, C);
      assertBegins(harness.fail(session, Failures.TOO_LONG), C, 2);
    }

    @Test
    void toNoTargetWhenNoWindowIsLarger() {
      DrivenSession session = harness.session(A, B);
      assertGivesUp(harness.fail(session, Failures.TOO_LONG), ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void toNoTargetWhenTheRequestIsAtFault() {
      assertGivesUp(
          harness.fail(harness.session(A, B), Failures.REJECTED), ErrorCode.REQUEST_REJECTED);
      assertGivesUp(
          harness.fail(harness.session(A, B), Failures.POLICY), ErrorCode.CONTENT_POLICY_VIOLATION);
    }
  }

  @Nested
  class WhenRateLimited {
    @Test
    void waitsExactlyAsLongAsAskedBeforeTheSameTarget() {
      DrivenSession session = harness.session(A, B);
      List<Step> steps = harness.fail(session, Failures.rateLimited(Duration.ofSeconds(3)));
      assertThat(steps).containsExactly(new Step.Wait(3 * SECOND));
      assertBegins(harness.waited(session, steps), A, 2);
    }

    @Test
    void goesElsewhereWhenTheWaitIsTooLong() {
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.rateLimited(Duration.ofSeconds(6))), B, 2);
    }

    @Test
    void goesElsewhereWhenTheWaitDoesNotFitTheDeadline() {
      harness.deadline = Duration.ofSeconds(3);
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.rateLimited(Duration.ofSeconds(3))), B, 2);
    }

    @Test
    void goesElsewhereAtOnceWhenNoWaitWasNamed() {
      assertBegins(harness.fail(harness.session(A, B), Failures.RATE_LIMITED), B, 2);
    }

    @Test
    void neverWaitsForALongRetryAfterEvenWithoutAnotherTarget() {
      DrivenSession session = harness.session(A);
      Step.GiveUp end =
          assertGivesUp(
              harness.fail(session, Failures.rateLimited(Duration.ofSeconds(20))),
              ErrorCode.RATE_LIMIT_EXCEEDED);
      assertThat(end.retryAfterNanos()).hasValue(20 * SECOND);
    }

    @Test
    void reportsTheShortestRetryAfterOfAllTargets() {
      harness.fail(harness.session(B), Failures.rateLimited(Duration.ofSeconds(6)));
      DrivenSession session = harness.session(A, B);
      Step.GiveUp end =
          assertGivesUp(
              harness.fail(session, Failures.rateLimited(Duration.ofSeconds(20))),
              ErrorCode.RATE_LIMIT_EXCEEDED);
      assertThat(end.retryAfterNanos()).hasValue(6 * SECOND);
    }

    @Test
    void pausesForFiveMinutesAtMostButReportsTheProvidersRetryAfter() {
      List<Step> steps =
          harness.fail(harness.session(A), Failures.rateLimited(Duration.ofHours(24)));
      assertThat(((Step.GiveUp) steps.getFirst()).retryAfterNanos())
          .hasValue(Duration.ofHours(24).toNanos());
      harness.pass(Duration.ofMinutes(5));
      assertBegins(harness.session(A).begin(harness.now), A, 1);
    }

    @Test
    void pausesForOneBackoffWithoutARetryAfter() {
      harness.fail(harness.session(A, B), Failures.RATE_LIMITED);
      assertBegins(harness.session(A, B).begin(harness.now), B, 1);
      harness.pass(Duration.ofSeconds(2));
      assertBegins(harness.session(A, B).begin(harness.now), A, 1);
    }

    @Test
    void aSuccessEndsAnAssumedPause() {
      DrivenSession early = harness.session(A, B);
      early.begin(harness.now);
      harness.fail(harness.session(A, B), Failures.RATE_LIMITED);
      harness.succeed(early);
      assertBegins(harness.session(A, B).begin(harness.now), A, 1);
    }

    @Test
    void aLongRetryAfterOfAnOverloadedProviderIsNotWaitedForEither() {
      DrivenSession session = harness.session(A);
      Step.GiveUp end =
          assertGivesUp(
              harness.fail(session, Failures.overloaded(Duration.ofSeconds(20))),
              ErrorCode.PROVIDER_OVERLOADED);
      assertThat(end.retryAfterNanos()).hasValue(20 * SECOND);
    }

    @Test
    void pausesTheTargetForOtherRequestsToo() {
      harness.fail(harness.session(A, B), Failures.rateLimited(Duration.ofSeconds(6)));
      assertBegins(harness.session(A, B).begin(harness.now), B, 1);
    }

    @Test
    void anotherRequestWaitsForAShortPauseWithoutAnotherTarget() {
      harness.fail(harness.session(A), Failures.rateLimited(Duration.ofSeconds(3)));
      DrivenSession other = harness.session(A);
      List<Step> steps = other.begin(harness.now);
      assertThat(steps).containsExactly(new Step.Wait(3 * SECOND));
      assertBegins(harness.waited(other, steps), A, 1);
    }

    @Test
    void aRequestThatDoesNotWaitForPausesFailsAtOnceOrMovesOn() {
      harness.waitsForPauses = false;
      harness.fail(harness.session(A), Failures.rateLimited(Duration.ofSeconds(3)));
      Step.GiveUp end =
          assertGivesUp(harness.session(A).begin(harness.now), ErrorCode.RATE_LIMIT_EXCEEDED);
      assertThat(end.retryAfterNanos()).hasValue(3 * SECOND);
      assertBegins(harness.session(A, B).begin(harness.now), B, 1);
    }

    @Test
    void anotherRequestReceivesTheRetryAfterOfALongPause() {
      harness.fail(harness.session(A), Failures.rateLimited(Duration.ofSeconds(30)));
      Step.GiveUp end =
          assertGivesUp(harness.session(A).begin(harness.now), ErrorCode.RATE_LIMIT_EXCEEDED);
      assertThat(end.retryAfterNanos()).hasValue(30 * SECOND);
    }

    @Test
    void theBreakerDoesNotCountIt() {
      harness.maxAttempts = 20;
      harness.deadline = Duration.ofHours(1);
      DrivenSession session = harness.session(A);
      Failure[] many = new Failure[12];
      Arrays.fill(many, Failures.rateLimited(Duration.ofSeconds(1)));
      harness.fail(session, many);
      assertThat(state(A)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void waitsAsLongAsAnOverloadedProviderAsks() {
      DrivenSession session = harness.session(A);
      assertThat(harness.fail(session, Failures.overloaded(Duration.ofSeconds(4))))
          .containsExactly(new Step.Wait(4 * SECOND));
    }
  }

  @Nested
  class WhenTheBreakerIsOpen {
    @Test
    void goesStraightToTheNextTarget() {
      harness.open(A);
      DrivenSession session = harness.session(A, B);
      assertBegins(session.begin(harness.now), B, 1);
      assertThat(harness.events.getFirst())
          .isInstanceOfSatisfying(
              SessionEvent.TargetRefused.class,
              refused -> assertThat(refused.target()).isEqualTo(A));
      assertThat(harness.events.get(1)).isInstanceOf(SessionEvent.MovedOn.class);
    }

    @Test
    void failsAtOnceWhenNoTargetIsLeft() {
      harness.open(A);
      DrivenSession session = harness.session(A);
      Step.GiveUp end = assertGivesUp(session.begin(harness.now), ErrorCode.CIRCUIT_OPEN);
      assertThat(end.retryAfterNanos()).hasValue(5 * SECOND);
      assertThat(session.endedAttempts()).isEmpty();
    }

    @Test
    void aFailedAttemptDecidesOverRefusals() {
      harness.open(B);
      DrivenSession session = harness.session(A, B);
      assertGivesUp(
          harness.fail(
              session, Failures.SERVER_ERROR, Failures.SERVER_ERROR, Failures.SERVER_ERROR),
          ErrorCode.PROVIDER_ERROR);
    }

    @Test
    void aProbeAfterTheOpenTimeClosesIt() {
      harness.open(A);
      harness.pass(Duration.ofSeconds(60));
      DrivenSession probe = harness.session(A, B);
      assertBegins(probe.begin(harness.now), A, 1);
      assertBegins(harness.session(A, B).begin(harness.now), B, 1);
      harness.succeed(probe);
      assertThat(state(A)).isEqualTo(BreakerState.CLOSED);
    }
  }

  private BreakerState state(Target target) {
    return harness.targetStates().of(target).snapshot(harness.now).breaker().state();
  }
}
