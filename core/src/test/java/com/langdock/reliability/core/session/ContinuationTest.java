package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.assertWaits;
import static com.langdock.reliability.core.session.StepAssertions.begun;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Usage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContinuationTest {
  private final SessionHarness harness = new SessionHarness();

  /** A session of A and B whose stream from A broke after content. */
  private List<Step> broken(DrivenSession session) {
    session.begin(harness.now);
    session.firstContent(harness.now);
    return session.broke(Failures.BROKEN, DeliveredContent.TEXT, harness.now);
  }

  private static Continuation way(List<Step> steps) {
    return begun(steps).form().continuation();
  }

  @Test
  void theFirstAttemptContinuesNothing() {
    DrivenSession session = harness.stream(A, B);
    assertThat(way(session.begin(harness.now))).isEqualTo(Continuation.NONE);
  }

  @Test
  void anotherTargetContinuesByPrefillBeforeTheBrokenOneIsRepeated() {
    List<Step> steps = broken(harness.stream(A, B));
    assertBegins(steps, B, 2);
    assertThat(way(steps)).isEqualTo(Continuation.PREFILL);
  }

  @Test
  void theOnlyTargetContinuesAfterABackoff() {
    DrivenSession session = harness.stream(A);
    List<Step> steps = broken(session);
    assertWaits(steps);
    assertBegins(harness.waited(session, steps), A, 2);
  }

  @Test
  void aRejectedPrefillBecomesAnInstructionInTheSameAttempt() {
    DrivenSession session = harness.stream(A, B);
    broken(session);
    List<Step> steps = session.failed(Failures.REJECTED, harness.now);
    assertBegins(steps, B, 2);
    assertThat(way(steps)).isEqualTo(Continuation.INSTRUCTION);
  }

  @Test
  void aPrefillRejectedAfterTheDeadlineIsNotRepeated() {
    DrivenSession session = harness.stream(A, B);
    broken(session);
    harness.pass(Duration.ofMinutes(10));
    assertGivesUp(session.failed(Failures.NO_PREFILL, harness.now), ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void aRejectedPrefillIsRememberedForAnHour() {
    DrivenSession first = harness.stream(A, B);
    broken(first);
    first.failed(Failures.NO_PREFILL, harness.now);
    harness.pass(Duration.ofMinutes(59));
    assertThat(way(broken(harness.stream(A, B)))).isEqualTo(Continuation.INSTRUCTION);
    harness.pass(Duration.ofMinutes(1));
    assertThat(way(broken(harness.stream(A, B)))).isEqualTo(Continuation.PREFILL);
  }

  @Test
  void otherErrorsAreNotRemembered() {
    DrivenSession first = harness.stream(A, B);
    broken(first);
    first.failed(Failures.REJECTED, harness.now);
    assertThat(way(broken(harness.stream(A, B)))).isEqualTo(Continuation.PREFILL);
  }

  @Test
  void aStaleConnectionIsReplacedWithTheContinuationKnownThen() {
    DrivenSession session = harness.stream(A, B);
    DrivenSession other = harness.stream(A, B);
    broken(session);
    broken(other);
    other.failed(Failures.NO_PREFILL, harness.now);
    List<Step> steps = session.failed(Failures.STALE, harness.now);
    assertBegins(steps, B, 2);
    assertThat(way(steps)).isEqualTo(Continuation.INSTRUCTION);
  }

  @Test
  void aRejectedContinuationIsNotTheClientsError() {
    DrivenSession session = harness.stream(A, B);
    broken(session);
    session.failed(Failures.REJECTED, harness.now);
    List<Step> steps = session.failed(Failures.REJECTED, harness.now);
    assertBegins(harness.waited(session, steps), A, 3);
    session.failed(Failures.REJECTED, harness.now);
    assertGivesUp(session.failed(Failures.REJECTED, harness.now), ErrorCode.PROVIDER_ERROR);
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveredContent.class,
      names = {"LONG_TEXT", "OTHER"})
  void whatIsMoreThanKnownTextIsNotContinued(DeliveredContent delivered) {
    DrivenSession session = harness.stream(A, B);
    session.begin(harness.now);
    session.firstContent(harness.now);
    assertGivesUp(session.broke(Failures.BROKEN, delivered, harness.now), ErrorCode.PROVIDER_ERROR);
  }

  static Stream<AnswerTraits> traitsThatNobodyCanContinue() {
    return Stream.of(
        new AnswerTraits(2, false, false, false, false),
        new AnswerTraits(1, true, false, false, false),
        new AnswerTraits(1, false, true, false, false),
        new AnswerTraits(1, false, false, true, false));
  }

  @ParameterizedTest
  @MethodSource("traitsThatNobodyCanContinue")
  void anAnswerThatIsMoreThanItsTextIsNotContinued(AnswerTraits answer) {
    harness.answer = answer;
    assertGivesUp(broken(harness.stream(A, B)), ErrorCode.PROVIDER_ERROR);
  }

  @Test
  void aTargetThatStartedOverIsExcluded() {
    DrivenSession session = harness.stream(A, B);
    broken(session);
    session.firstContent(harness.now);
    List<Step> steps = session.broke(Failures.NOT_CONTINUED, DeliveredContent.TEXT, harness.now);
    assertBegins(harness.waited(session, steps), A, 3);
    session.firstContent(harness.now);
    assertGivesUp(
        session.broke(Failures.NOT_CONTINUED, DeliveredContent.TEXT, harness.now),
        ErrorCode.PROVIDER_ERROR);
  }

  @Test
  void theUsageOfAllAttemptsIsSummed() {
    DrivenSession session = harness.stream(A, B);
    session.begin(harness.now);
    session.firstContent(harness.now);
    session.used(new Usage(10, 0, 2), harness.now);
    session.broke(Failures.BROKEN, DeliveredContent.TEXT, harness.now);
    harness.succeed(session);
    assertThat(harness.events.getLast())
        .isInstanceOfSatisfying(
            SessionEvent.Succeeded.class,
            event -> assertThat(event.usage()).isEqualTo(new Usage(20, 0, 7)));
  }
}
