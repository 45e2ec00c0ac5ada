package com.langdock.reliability.core.session;

import static com.langdock.reliability.core.session.SessionHarness.A;
import static com.langdock.reliability.core.session.SessionHarness.B;
import static com.langdock.reliability.core.session.StepAssertions.assertBegins;
import static com.langdock.reliability.core.session.StepAssertions.assertGivesUp;
import static com.langdock.reliability.core.session.StepAssertions.begun;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A field that the gateway added and a provider rejects. */
class AddedFieldTest {
  private final SessionHarness harness = new SessionHarness();

  @Test
  void isLeftOutAtOnceInTheSameAttempt() {
    DrivenSession session = harness.stream(A, B);
    assertThat(begun(session.begin(harness.now)).form().omittedFields()).isEmpty();
    List<Step> steps = session.failed(Failures.ADDED_FIELD, harness.now);
    assertBegins(steps, A, 1);
    assertThat(begun(steps).form().omittedFields()).containsExactly("stream_options");
  }

  @Test
  void isLeftOutOfLaterRequestsToThatTargetOnly() {
    DrivenSession first = harness.stream(A, B);
    first.begin(harness.now);
    first.failed(Failures.ADDED_FIELD, harness.now);
    assertThat(begun(harness.stream(A).begin(harness.now)).form().omittedFields())
        .containsExactly("stream_options");
    assertThat(begun(harness.stream(B).begin(harness.now)).form().omittedFields()).isEmpty();
  }

  @Test
  void thatIsRefusedThoughLeftOutEndsTheRequest() {
    DrivenSession session = harness.stream(A, B);
    session.begin(harness.now);
    session.failed(Failures.ADDED_FIELD, harness.now);
    assertGivesUp(session.failed(Failures.ADDED_FIELD, harness.now), ErrorCode.REQUEST_REJECTED);
  }
}
