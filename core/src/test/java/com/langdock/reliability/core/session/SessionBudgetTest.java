package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.assertWaits;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cost and order of attempts, and the last resort when every breaker is open. */
class SessionBudgetTest {
  private final SessionHarness harness = new SessionHarness();

  @Nested
  class WhenFailuresHaveOpenedEveryBreaker {
    @Test
    void oneProbeASecondGoesToTheTargetWhoseOpenTimeEndsFirst() {
      harness.open(A);
      harness.pass(Duration.ofSeconds(1));
      harness.open(B);
      harness.pass(Duration.ofSeconds(1));
      DrivenSession first = harness.session(B, A);
      assertBegins(first.begin(harness.now), A, 1);
      assertGivesUp(harness.session(B, A).begin(harness.now), ErrorCode.CIRCUIT_OPEN);
      harness.succeed(first);
      assertBegins(harness.session(B, A).begin(harness.now), A, 1);
    }

    @Test
    void noTargetIsCalledAfterARejectedCredential() {
      harness.fail(harness.session(A), Failures.BAD_KEY);
      harness.pass(Duration.ofSeconds(10));
      assertGivesUp(harness.session(A).begin(harness.now), ErrorCode.CIRCUIT_OPEN);
    }

    @Test
    void noProbeIsSentWhileATargetIsOnlyPaused() {
      harness.open(A);
      harness.pass(Duration.ofSeconds(1));
      harness.fail(harness.session(B), Failures.rateLimited(Duration.ofSeconds(20)));
      assertGivesUp(harness.session(A, B).begin(harness.now), ErrorCode.CIRCUIT_OPEN);
    }
  }

  @Nested
  class OrderOfAttempts {
    @Test
    void repeatsATargetOnceWhileAnotherIsUntried() {
      harness.maxAttempts = 5;
      DrivenSession session = harness.session(A, B);
      List<Step> steps = harness.fail(session, Failures.SERVER_ERROR, Failures.SERVER_ERROR);
      assertBegins(steps, B, 3);
    }

    @Test
    void repeatsTheOnlyTargetWhileAttemptsAreLeft() {
      harness.maxAttempts = 5;
      DrivenSession session = harness.session(A);
      List<Step> steps =
          harness.fail(
              session,
              Failures.SERVER_ERROR,
              Failures.SERVER_ERROR,
              Failures.SERVER_ERROR,
              Failures.SERVER_ERROR);
      assertBegins(harness.waited(session, steps), A, 5);
    }
  }

  @Nested
  class Budget {
    @Test
    void givesUpWhenTheBudgetIsEmptyAndNoTargetIsLeft() {
      harness.budgetRatio = 0;
      harness.budgetPerSecond = 0;
      DrivenSession session = harness.session(A);
      assertGivesUp(harness.fail(session, Failures.SERVER_ERROR), ErrorCode.PROVIDER_ERROR);
      assertThat(session.endedAttempts()).hasSize(1);
    }

    @Test
    void movesOnAtOnceWhenTheBudgetIsEmpty() {
      harness.budgetRatio = 0;
      harness.budgetPerSecond = 0;
      DrivenSession session = harness.session(A, B);
      assertBegins(harness.fail(session, Failures.SERVER_ERROR), B, 2);
    }

    @Test
    void movingToAnotherProviderNeedsNoBudget() {
      harness.budgetRatio = 0;
      harness.budgetPerSecond = 0;
      List<DrivenSession> inFlight = new ArrayList<>();
      for (int request = 0; request < 600; request++) {
        inFlight.add(harness.session(A, B));
        inFlight.getLast().begin(harness.now);
      }
      for (DrivenSession session : inFlight) {
        assertBegins(session.failed(Failures.RESET, harness.now), B, 2);
      }
    }

    @Test
    void refundsAnAttemptThatDoesNotBegin() {
      harness.targetStates().of(A).budget().deposit(harness.now);
      DrivenSession session = harness.session(A);
      double before = harness.targetStates().of(A).budget().balance(harness.now) + 0.3;
      assertWaits(harness.fail(session, Failures.SERVER_ERROR));
      assertThat(harness.targetStates().of(A).budget().balance(harness.now)).isEqualTo(before - 1);
      session.clientLeft(harness.now);
      assertThat(harness.targetStates().of(A).budget().balance(harness.now)).isEqualTo(before);
    }

    @Test
    void firstAttemptAtEachTargetIsFree() {
      harness.budgetRatio = 0;
      harness.budgetPerSecond = 0;
      harness.open(A);
      assertBegins(harness.session(A, B).begin(harness.now), B, 1);
    }
  }
}
