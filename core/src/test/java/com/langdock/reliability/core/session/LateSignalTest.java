package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A signal about an attempt that has ended changes nothing. */
class LateSignalTest {
  private final SessionHarness harness = new SessionHarness();
  private final DrivenSession driven = harness.stream(A, B);
  private final Session session = driven.session;
  private Attempt ended = new Attempt(0, A, 0);
  private Attempt running = new Attempt(0, A, 0);
  private List<SessionEvent> before = List.of();

  @BeforeEach
  void theFirstAttemptHasFailedAndTheSecondRuns() {
    driven.begin(harness.now);
    ended = driven.attempt();
    assertBegins(driven.failed(Failures.SILENT, harness.now), B, 2);
    running = driven.attempt();
    before = List.copyOf(harness.events);
  }

  @Test
  void aLateFailureBeginsNoOtherAttempt() {
    assertThat(session.failed(ended, Failures.RESET, harness.now)).isEmpty();
    assertNothingChanged();
  }

  @Test
  void aLateBreakBeginsNoOtherAttempt() {
    assertThat(session.broke(ended, Failures.BROKEN, DeliveredContent.TEXT, harness.now)).isEmpty();
    assertNothingChanged();
  }

  @Test
  void aLateFirstContentCommitsNothing() {
    Deadline deadline = session.deadline();
    session.firstContent(ended, harness.now);
    assertThat(session.deadline()).isEqualTo(deadline);
    assertNothingChanged();
  }

  @Test
  void aLateUsageAndPaceAreNotCounted() {
    session.used(ended, new Usage(10, 0, 5), harness.now);
    session.flowed(ended, new StreamPace(1, 1, 1), harness.now);
    assertNothingChanged();
  }

  @Test
  void aLateAnswerIsNotTheRequests() {
    assertThat(session.succeeded(ended, harness.now)).isFalse();
    assertNothingChanged();
  }

  @Test
  void aFailureAfterAnotherAttemptHasSucceededIsIgnored() {
    assertThat(session.succeeded(running, harness.now)).isTrue();
    before = List.copyOf(harness.events);
    assertThat(session.failed(ended, Failures.RESET, harness.now)).isEmpty();
    assertThat(session.failed(running, Failures.RESET, harness.now)).isEmpty();
    session.firstContent(ended, harness.now);
    assertThat(harness.events).isEqualTo(before);
    assertThat(session.endedAttempts()).hasSize(2);
  }

  private void assertNothingChanged() {
    assertThat(harness.events).isEqualTo(before);
    assertThat(session.endedAttempts()).hasSize(1);
    assertThat(session.succeeded(running, harness.now)).isTrue();
  }
}
