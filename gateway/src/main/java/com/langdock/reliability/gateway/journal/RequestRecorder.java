package com.langdock.reliability.gateway.journal;

import static com.langdock.reliability.gateway.journal.AttemptDraft.micros;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.journal.store.StepRow;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records the events of one request, and passes it on when it has ended.
 *
 * <p>Written by the request's event loop, read by any thread: each method holds the recorder's lock
 * for a moment.
 */
final class RequestRecorder implements SessionListener, Supplier<JournalEntry> {
  private final RequestInfo request;
  private final ModelCatalog models;
  private final Consumer<RequestRecorder> ended;
  private final List<AttemptDraft> attempts = new ArrayList<>(2);
  private final List<StepRow> steps = new ArrayList<>(0);
  private RequestOutcome outcome = RequestOutcome.IN_PROGRESS;
  private @Nullable String code;
  private @Nullable Target answeredBy;
  private @Nullable Long firstTokenMicros;
  private Cost cost = Cost.NONE;
  private long endedAt;

  /** A recorder of a request that begins; {@code ended} accepts it when it has ended. */
  RequestRecorder(RequestInfo request, ModelCatalog models, Consumer<RequestRecorder> ended) {
    this.request = request;
    this.models = models;
    this.ended = ended;
  }

  String requestId() {
    return request.requestId();
  }

  @Override
  public void on(SessionEvent event, long now) {
    if (apply(event, now)) {
      ended.accept(this);
    }
  }

  /** The request as it was when it ended. */
  @Override
  public synchronized JournalEntry get() {
    return entry(endedAt);
  }

  /** The request as it is at {@code now}. */
  synchronized JournalEntry entry(long now) {
    long until = outcome == RequestOutcome.IN_PROGRESS ? now : endedAt;
    List<AttemptRow> rows = new ArrayList<>(attempts.size());
    for (AttemptDraft attempt : attempts) {
      rows.add(attempt.row(request.acceptedAt(), until));
    }
    return new JournalEntry(row(until), rows, steps);
  }

  private RequestRow row(long until) {
    return new RequestRow(
        new RequestRow.Ids(
            request.requestId(),
            request.clientRequestId(),
            request.client().id(),
            request.traceId(),
            CallerKey.of(request.client().caller())),
        new RequestRow.Asked(request.model(), request.stream()),
        new RequestRow.Times(
            request.acceptedAtMillis(), micros(until - request.acceptedAt()), firstTokenMicros),
        new RequestRow.Result(outcome, code, null),
        answeredBy,
        attempts.size(),
        cost);
  }

  /** Records an event; true when it is the last. */
  private synchronized boolean apply(SessionEvent event, long now) {
    switch (event) {
      case SessionEvent.AttemptStarted started ->
          attempts.add(new AttemptDraft(started.attempt(), started.probe()));
      case SessionEvent.FirstContent first -> firstContent(first.attempt(), now);
      case SessionEvent.TokensUsed used -> used(used);
      case SessionEvent.StreamFlowed flowed -> {
        // For the metrics.
      }
      case SessionEvent.AttemptSkipped skipped -> {
        attempts.remove(draft(skipped.attempt()));
        step(StepRow.Kind.SKIPPED, skipped.attempt().target(), null, skipped.why().word(), now);
      }
      case SessionEvent.TargetRefused refused ->
          step(StepRow.Kind.REFUSED, refused.target(), null, refused.why().word(), now);
      case SessionEvent.AttemptFailed failed ->
          draft(failed.attempt().attempt()).ended(failed.attempt().failure(), now);
      case SessionEvent.RetryScheduled retry ->
          step(StepRow.Kind.WAIT, retry.target(), micros(retry.waitNanos()), null, now);
      case SessionEvent.MovedOn moved -> moved(moved, now);
      case SessionEvent.StreamContinued continued ->
          step(StepRow.Kind.CONTINUED, continued.attempt().target(), null, null, now);
      case SessionEvent.Succeeded succeeded -> {
        Attempt answer = succeeded.attempt().attempt();
        draft(answer).ended(null, now);
        answeredBy = answer.target();
        end(RequestOutcome.SUCCESS, now);
      }
      case SessionEvent.Failed failed -> {
        code = Labels.of(failed.code());
        end(RequestOutcome.FAILED, now);
      }
      case SessionEvent.Cancelled cancelled -> end(RequestOutcome.CANCELLED, now);
    }
    return outcome != RequestOutcome.IN_PROGRESS;
  }

  /** The attempt's draft; the attempt must have begun. */
  private AttemptDraft draft(Attempt attempt) {
    for (AttemptDraft draft : attempts) {
      if (draft.attempt.equals(attempt)) {
        return draft;
      }
    }
    throw new IllegalStateException("attempt " + attempt.number() + " has not begun");
  }

  private void firstContent(Attempt attempt, long now) {
    draft(attempt).firstContent(now);
    answeredBy = attempt.target();
    firstTokenMicros =
        firstTokenMicros == null ? micros(now - request.acceptedAt()) : firstTokenMicros;
  }

  private void used(SessionEvent.TokensUsed used) {
    Cost of = Cost.of(used.usage(), models.factsOf(used.attempt().target()).price());
    draft(used.attempt()).used(of);
    cost = cost.plus(of);
  }

  private void moved(SessionEvent.MovedOn moved, long now) {
    steps.add(
        new StepRow(
            at(now), StepRow.Kind.MOVED, moved.to(), moved.from(), null, moved.why().word()));
  }

  private void step(
      StepRow.Kind kind,
      Target target,
      @Nullable Long waitMicros,
      @Nullable String reason,
      long now) {
    steps.add(new StepRow(at(now), kind, target, null, waitMicros, reason));
  }

  private void end(RequestOutcome how, long now) {
    outcome = how;
    cost = cost.inNanodollars();
    endedAt = now;
  }

  private long at(long now) {
    return micros(now - request.acceptedAt());
  }
}
