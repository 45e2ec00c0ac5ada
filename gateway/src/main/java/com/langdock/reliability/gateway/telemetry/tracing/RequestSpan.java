package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.EarlyRefusal;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The span of one request, made from its session's events.
 *
 * <p>It ends when the session is over and the answer's status is known, whichever comes last: a
 * stream's status is sent long before its end, any other just after it. A client that left gets no
 * answer.
 */
final class RequestSpan implements RequestObserver, SessionListener {
  private static final int FIRST_SERVER_ERROR = 500;
  private static final String CLIENT_GONE = new Failure.ClientGone().word();

  private final Span span;
  private final String operation;
  private final SpanTimeline timeline;
  private final ChildSpans children;

  private @Nullable Failure lastFailure;
  private Usage used = Usage.NONE;
  private long attempts;
  private boolean stream;
  private boolean inSession;
  private boolean answered;

  /** A request with a span that has started. */
  RequestSpan(Span span, String operation, SpanTimeline timeline, ChildSpans children) {
    this.span = span;
    this.operation = operation;
    this.timeline = timeline;
    this.children = children;
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    return children.of(attempt).headers();
  }

  @Override
  public SessionListener began(RequestInfo request) {
    inSession = true;
    stream = request.stream();
    span.updateName(operation + " " + request.model());
    span.setAttribute(SpanAttributes.REQUEST_MODEL, request.model());
    span.setAttribute(SpanAttributes.STREAM, stream);
    if (request.clientRequestId() != null) {
      span.setAttribute(SpanAttributes.CLIENT_REQUEST_ID, request.clientRequestId());
    }
    Caller caller = request.client().caller();
    if (caller.keyId() != null) {
      span.setAttribute(SpanAttributes.KEY_ID, caller.keyId());
    }
    if (caller.team() != null) {
      span.setAttribute(SpanAttributes.TEAM, caller.team());
    }
    return this;
  }

  @Override
  public void turnedAway(EarlyRefusal refusal) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, refusal.code());
  }

  @Override
  public void clientLeft() {
    span.setAttribute(SpanAttributes.ERROR_TYPE, CLIENT_GONE);
  }

  @Override
  public void refused(Refusal refusal) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, refusal.code());
  }

  @Override
  public void answered(int status, long now) {
    answered = true;
    span.setAttribute(SpanAttributes.STATUS, (long) status);
    if (status >= FIRST_SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    if (!inSession) {
      timeline.end(span, now);
    }
  }

  @Override
  public void on(SessionEvent event, long now) {
    children.waitEnded(now);
    switch (event) {
      case SessionEvent.AttemptStarted started -> attemptStarted(started);
      case SessionEvent.TargetRefused refused -> targetRefused(refused, now);
      case SessionEvent.FirstContent first -> children.of(first.attempt()).firstContent(now);
      case SessionEvent.TokensUsed tokens -> tokensUsed(tokens.attempt(), tokens.usage());
      case SessionEvent.StreamFlowed flowed -> {
        // For the metrics.
      }
      case SessionEvent.AttemptFailed failed -> attemptFailed(failed.attempt(), now);
      case SessionEvent.AttemptSkipped skipped -> attemptSkipped(skipped, now);
      case SessionEvent.RetryScheduled retry -> children.waitStarted(retry, lastFailure, now);
      case SessionEvent.MovedOn move -> movedOn(move, now);
      case SessionEvent.StreamContinued continued ->
          timeline.event(span, "stream_continued", at(continued.attempt().target()), now);
      case SessionEvent.Succeeded succeeded -> succeeded(succeeded.attempt(), now);
      case SessionEvent.Failed failed -> failed(failed, now);
      case SessionEvent.Cancelled cancelled -> cancelled(now);
    }
  }

  private void attemptStarted(SessionEvent.AttemptStarted started) {
    attempts++;
    span.setAttribute(SpanAttributes.PROVIDER, started.attempt().target().provider());
    children.attemptStarted(started, stream);
  }

  private void targetRefused(SessionEvent.TargetRefused refused, long now) {
    lastFailure = refused.why();
    timeline.event(span, "target_refused", because(refused.why(), refused.target()), now);
  }

  private void tokensUsed(Attempt attempt, Usage usage) {
    used = used.plus(usage);
    children.of(attempt).used(usage);
  }

  private void attemptFailed(EndedAttempt ended, long now) {
    Failure failure = Objects.requireNonNull(ended.failure());
    lastFailure = failure;
    children.of(ended.attempt()).failed(failure, now);
  }

  private void attemptSkipped(SessionEvent.AttemptSkipped skipped, long now) {
    attempts--;
    children.of(skipped.attempt()).failed(skipped.why(), now);
  }

  private void movedOn(SessionEvent.MovedOn move, long now) {
    Target from = move.from();
    Target to = move.to();
    Attributes facts =
        because(move.why(), to).toBuilder()
            .put(SpanAttributes.FROM_PROVIDER, from.provider())
            .put(SpanAttributes.FROM_MODEL, from.model())
            .build();
    if (!from.provider().equals(to.provider())) {
      timeline.event(span, "failover", facts, now);
    }
    if (!from.model().equals(to.model())) {
      timeline.event(span, "fallback", facts, now);
    }
  }

  private void succeeded(EndedAttempt ended, long now) {
    children.of(ended.attempt()).succeeded(now);
    span.setAttribute(SpanAttributes.RESPONSE_MODEL, ended.attempt().target().model());
    over(now);
  }

  private void failed(SessionEvent.Failed failed, long now) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, Labels.of(failed.code()));
    span.setAttribute(SpanAttributes.ERROR, failed.failure().word());
    if (answered) {
      span.setStatus(StatusCode.ERROR); // The stream that its client sees is not whole.
    }
    over(now);
  }

  private void cancelled(long now) {
    answered = true;
    span.setAttribute(SpanAttributes.ERROR_TYPE, CLIENT_GONE);
    over(now);
  }

  private void over(long now) {
    inSession = false;
    span.setAttribute(SpanAttributes.ATTEMPTS, attempts);
    SpanUsage.set(span, used);
    if (answered) {
      timeline.end(span, now);
    }
  }

  private static Attributes because(Failure why, Target target) {
    return at(target).toBuilder().put(SpanAttributes.ERROR, why.word()).build();
  }

  private static Attributes at(Target target) {
    return Attributes.of(
        SpanAttributes.PROVIDER, target.provider(), SpanAttributes.REQUEST_MODEL, target.model());
  }
}
