package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Measures one request. */
final class RequestMeters implements SessionListener {
  private final GatewayMeters meters;
  private final Map<Target, TargetMeters> targets;
  private final long acceptedAt;
  private final RequestExemplar exemplar;

  /** Nanoseconds in which neither an attempt nor a wait ran: what the gateway itself took. */
  private long overhead;

  /** Since when neither runs; only while {@link #gatewayIsBusy}. */
  private long busySince;

  private boolean gatewayIsBusy = true;
  private int attemptsUnderWay;
  private boolean committed;
  private @Nullable Target lastTarget;

  /** The meters of a request that starts now. */
  RequestMeters(GatewayMeters meters, Map<Target, TargetMeters> targets, RequestInfo request) {
    this.meters = meters;
    this.targets = targets;
    this.acceptedAt = request.acceptedAt();
    this.exemplar = new RequestExemplar(request.requestId(), request.traceId());
    this.busySince = acceptedAt;
    meters.requestStarted();
  }

  @Override
  public void on(SessionEvent event, long now) {
    switch (event) {
      case SessionEvent.AttemptStarted started -> attemptStarted(started.attempt(), now);
      case SessionEvent.TargetRefused refused -> {
        // The breaker's state is a gauge.
      }
      case SessionEvent.FirstContent first -> firstContent(first.attempt(), now);
      case SessionEvent.TokensUsed used -> of(used.attempt().target()).tokens().used(used.usage());
      case SessionEvent.AttemptSkipped skipped -> attemptOver(skipped.attempt().startedAt());
      case SessionEvent.AttemptFailed failed -> attemptEnded(failed.attempt(), now);
      case SessionEvent.RetryScheduled retry -> gatewayIdle(now);
      case SessionEvent.MovedOn move -> meters.movedOn(move.from(), move.to());
      case SessionEvent.StreamContinued continued ->
          of(continued.attempt().target()).stream().continued().increment();
      case SessionEvent.StreamFlowed flowed ->
          of(flowed.attempt().target()).stream().flowed(flowed.pace());
      case SessionEvent.Succeeded succeeded -> succeeded(succeeded, now);
      case SessionEvent.Failed failed -> {
        requestEnded(now);
        meters.requestFailed(failed.code(), acceptedAt, now, exemplar);
      }
      case SessionEvent.Cancelled cancelled -> {
        requestEnded(now);
        meters.requestCancelled();
      }
    }
  }

  private TargetMeters of(Target target) {
    return Objects.requireNonNull(targets.get(target), target::toString);
  }

  private void attemptStarted(Attempt attempt, long now) {
    gatewayIdle(now);
    attemptsUnderWay++;
    if (attempt.target().equals(lastTarget)) {
      of(attempt.target()).attempts().retried();
    }
    lastTarget = attempt.target();
  }

  private void firstContent(Attempt attempt, long now) {
    StreamMeters stream = of(attempt.target()).stream();
    stream.firstContent().record(now - attempt.startedAt(), TimeUnit.NANOSECONDS);
    if (!committed) {
      committed = true;
      meters.firstContent(now - acceptedAt);
    }
  }

  private void succeeded(SessionEvent.Succeeded succeeded, long now) {
    attemptEnded(succeeded.attempt(), now);
    requestEnded(now);
    meters.requestSucceeded(acceptedAt, now, exemplar);
  }

  private void attemptEnded(EndedAttempt ended, long now) {
    attemptOver(now);
    of(ended.attempt().target()).attempts().ended(ended, exemplar);
  }

  /** No attempt counts from {@code moment} on; the gateway is busy when no other is under way. */
  private void attemptOver(long moment) {
    attemptsUnderWay--;
    if (attemptsUnderWay == 0) {
      gatewayIsBusy = true;
      busySince = moment;
    }
  }

  private void gatewayIdle(long now) {
    if (gatewayIsBusy) {
      overhead += now - busySince;
      gatewayIsBusy = false;
    }
  }

  private void requestEnded(long now) {
    gatewayIdle(now);
    meters.requestEnded(overhead);
  }
}
