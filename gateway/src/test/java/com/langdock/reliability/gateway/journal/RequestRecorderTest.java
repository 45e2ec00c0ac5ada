package com.langdock.reliability.gateway.journal;

import static com.langdock.reliability.gateway.journal.Scene.CLAUDE;
import static com.langdock.reliability.gateway.journal.Scene.GPT;
import static com.langdock.reliability.gateway.journal.Scene.at;
import static com.langdock.reliability.gateway.journal.Scene.attempt;
import static com.langdock.reliability.gateway.journal.Scene.failed;
import static com.langdock.reliability.gateway.journal.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.journal.store.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RequestRecorderTest {
  private final List<String> handedOver = new ArrayList<>();
  private final RequestRecorder recorder =
      new RequestRecorder(
          Scene.REQUEST, Scene.MODELS, recorder -> handedOver.add(recorder.requestId()));

  private void tell(long millis, SessionEvent... events) {
    for (SessionEvent event : events) {
      recorder.on(event, at(millis));
    }
  }

  private void succeeds(Attempt attempt, Usage usage, long millis) {
    tell(
        millis,
        new SessionEvent.TokensUsed(attempt, usage),
        new SessionEvent.Succeeded(new EndedAttempt(attempt, null, at(millis)), usage));
  }

  private JournalEntry entry(long millis) {
    return recorder.entry(at(millis));
  }

  @Test
  void showsARequestWhileItRuns() {
    tell(2, started(attempt(1, GPT, 2)));

    RequestRow request = entry(5).request();
    assertThat(request.result().outcome()).isEqualTo(RequestOutcome.IN_PROGRESS);
    assertThat(request.times().latencyMicros()).isEqualTo(5_000);
    assertThat(request.provider()).isNull();
    AttemptRow attempt = entry(5).attempts().getFirst();
    assertThat(attempt.result().status()).isEqualTo(RequestOutcome.IN_PROGRESS);
    assertThat(attempt.times().startMicros()).isEqualTo(2_000);
    assertThat(attempt.times().latencyMicros()).isEqualTo(3_000);
    assertThat(handedOver).isEmpty();
  }

  @Test
  void passesARequestOnWhenItHasEnded() {
    Attempt attempt = attempt(1, GPT, 0);
    tell(0, started(attempt));
    succeeds(attempt, new Usage(100, 0, 50), 40);

    RequestRow request = entry(99).request();
    assertThat(request)
        .isEqualTo(
            new RequestRow(
                new RequestRow.Ids(Scene.id(1), "mine", "team-7", "4bf92f3577b34da6", null),
                new RequestRow.Asked("gpt-4", true),
                new RequestRow.Times(Scene.STARTED_AT, 40_000, null),
                new RequestRow.Result(RequestOutcome.SUCCESS, null, null),
                GPT,
                1,
                new Cost(new Usage(100, 0, 50), 200_000_000L)));
    assertThat(handedOver).containsExactly(Scene.id(1));
  }

  @Test
  void describesFailuresWithoutTheProvidersMessageAndRecordsWaits() {
    Attempt first = attempt(1, GPT, 0);
    tell(0, started(first));
    tell(30, failed(first, Scene.rateLimited(2), 30));
    tell(30, new SessionEvent.RetryScheduled(GPT, 2, TimeUnit.SECONDS.toNanos(2)));

    AttemptRow attempt = entry(30).attempts().getFirst();
    assertThat(attempt.result().status()).isEqualTo(RequestOutcome.FAILED);
    assertThat(attempt.result().httpStatus()).isEqualTo(429);
    assertThat(attempt.result().retryAfterMillis()).isEqualTo(2_000);
    assertThat(attempt.result().errorType()).isEqualTo("rate_limited");
    assertThat(attempt.result().errorMessage()).isEqualTo("answered 429 with Retry-After 2.0 s");
    assertThat(entry(30).steps())
        .containsExactly(new StepRow(30_000, StepRow.Kind.WAIT, GPT, null, 2_000_000L, null));
    assertThat(entry(30).toString()).doesNotContain("SECRET");
  }

  @Test
  void recordsTheDecisionsInOrder() {
    Failure.Refused open = new Failure.Refused(Failure.Refused.By.BREAKER, 5);
    Attempt attempt = attempt(1, CLAUDE, 1);
    tell(0, new SessionEvent.TargetRefused(GPT, open));
    tell(1, new SessionEvent.MovedOn(GPT, CLAUDE, open), started(attempt));
    tell(
        2,
        new SessionEvent.AttemptSkipped(attempt, new Failure.Untranslatable("n", "n must be 1")));

    assertThat(entry(2).steps())
        .extracting(StepRow::kind, StepRow::target, StepRow::from, StepRow::reason)
        .containsExactly(
            tuple(StepRow.Kind.REFUSED, GPT, null, "circuit_open"),
            tuple(StepRow.Kind.MOVED, CLAUDE, GPT, "circuit_open"),
            tuple(StepRow.Kind.SKIPPED, CLAUDE, null, "untranslatable"));
    assertThat(entry(2).attempts()).isEmpty();
  }

  @Test
  void sumsTheCostOfAllAttemptsThoseThatBrokeToo() {
    Attempt first = attempt(1, GPT, 0);
    Attempt second = attempt(2, CLAUDE, 50);
    tell(0, started(first));
    tell(10, new SessionEvent.FirstContent(first));
    tell(50, new SessionEvent.TokensUsed(first, new Usage(10, 0, 5)));
    tell(50, failed(first, new Failure.Broken(), 50));
    tell(50, started(second), new SessionEvent.StreamContinued(second));
    tell(60, new SessionEvent.FirstContent(second));
    succeeds(second, new Usage(20, 0, 7), 90);

    JournalEntry entry = entry(90);
    assertThat(entry.request().cost()).isEqualTo(new Cost(new Usage(30, 0, 12), 20_000_000L));
    assertThat(entry.request().times().firstTokenMicros()).isEqualTo(10_000);
    assertThat(entry.request().provider()).isEqualTo("anthropic");
    assertThat(entry.attempts())
        .extracting(attempt -> attempt.times().firstTokenMicros())
        .containsExactly(10_000L, 10_000L);
    assertThat(entry.attempts().getLast().cost().picodollars()).isNull();
    assertThat(entry.steps().getFirst().kind()).isEqualTo(StepRow.Kind.CONTINUED);
  }

  @Test
  void recordsAnEventAtTheAttemptThatItNames() {
    Attempt first = attempt(1, GPT, 0);
    Attempt second = attempt(2, CLAUDE, 10);
    tell(0, started(first));
    tell(10, started(second));
    tell(30, new SessionEvent.FirstContent(first));
    tell(40, failed(second, new Failure.Broken(), 40));
    succeeds(first, new Usage(100, 0, 50), 50);

    List<AttemptRow> attempts = entry(50).attempts();
    assertThat(attempts)
        .extracting(attempt -> attempt.result().status())
        .containsExactly(RequestOutcome.SUCCESS, RequestOutcome.FAILED);
    assertThat(attempts)
        .extracting(attempt -> attempt.times().firstTokenMicros())
        .containsExactly(30_000L, null);
    assertThat(attempts.getFirst().cost().picodollars()).isEqualTo(200_000_000L);
    assertThat(entry(50).request().provider()).isEqualTo("openai");
  }

  @Test
  void keepsTheErrorsCode() {
    Failure timeout = new Failure.Silent(Failure.Silent.Phase.HEADERS);
    Attempt attempt = attempt(1, GPT, 0);
    tell(0, started(attempt));
    tell(700, failed(attempt, timeout, 700));
    tell(700, new SessionEvent.Failed(timeout, ErrorCode.PROVIDER_TIMEOUT));

    assertThat(entry(700).request().result().outcome()).isEqualTo(RequestOutcome.FAILED);
    assertThat(entry(700).request().result().code()).isEqualTo("provider_timeout");
  }

  @Test
  void recordsAnAttemptWhoseClientLeftAsCancelled() {
    Attempt attempt = attempt(1, GPT, 0);
    tell(0, started(attempt));
    tell(5, failed(attempt, new Failure.ClientGone(), 5), new SessionEvent.Cancelled());

    assertThat(entry(5).request().result().outcome()).isEqualTo(RequestOutcome.CANCELLED);
    assertThat(entry(5).attempts().getFirst().result().status())
        .isEqualTo(RequestOutcome.CANCELLED);
  }
}
