package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The spans below a request's: one for each attempt, one for each wait. */
final class ChildSpans {
  private final Tracer tracer;
  private final String operation;
  private final Map<String, Attributes> addresses;
  private final SpanTimeline timeline;
  private final Context parent;

  private final List<AttemptSpan> attempts = new ArrayList<>(2);
  private @Nullable Span wait;

  /**
   * The children of {@code parent}, of which there are none yet.
   *
   * @param operation what the request asks for
   * @param addresses where the providers are, by name
   */
  ChildSpans(
      Tracer tracer,
      String operation,
      Map<String, Attributes> addresses,
      SpanTimeline timeline,
      Span parent) {
    this.tracer = tracer;
    this.operation = operation;
    this.addresses = addresses;
    this.timeline = timeline;
    this.parent = Context.root().with(parent);
  }

  void attemptStarted(SessionEvent.AttemptStarted started, boolean stream) {
    Attempt begun = started.attempt();
    Target target = begun.target();
    SpanBuilder span =
        child(operation + " " + target.model(), target)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SpanAttributes.OPERATION, operation)
            .setAttribute(SpanAttributes.STREAM, stream)
            .setAttribute(SpanAttributes.ATTEMPT_NUMBER, (long) begun.number())
            .setAttribute(SpanAttributes.PROBE, started.probe());
    span.setAllAttributes(addresses.getOrDefault(target.provider(), Attributes.empty()));
    attempts.add(new AttemptSpan(begun, timeline.start(span, begun.startedAt()), timeline));
  }

  /** The span of {@code attempt}, which must have begun. */
  AttemptSpan of(Attempt attempt) {
    for (AttemptSpan span : attempts.reversed()) {
      if (span.attempt.equals(attempt)) {
        return span;
      }
    }
    throw new IllegalStateException("attempt " + attempt.number() + " has not begun");
  }

  /** A wait began because of {@code why}, null when nothing failed before it. */
  void waitStarted(SessionEvent.RetryScheduled retry, @Nullable Failure why, long now) {
    SpanBuilder span =
        child("wait", retry.target())
            .setAttribute(SpanAttributes.ATTEMPT_NUMBER, (long) retry.nextNumber())
            .setAttribute(
                SpanAttributes.WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(retry.waitNanos()));
    if (why != null) {
      span.setAttribute(SpanAttributes.ERROR, why.word());
    }
    wait = timeline.start(span, now);
  }

  /** Ends the running wait, if any. */
  void waitEnded(long now) {
    if (wait != null) {
      timeline.end(wait, now);
      wait = null;
    }
  }

  private SpanBuilder child(String name, Target target) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setAttribute(SpanAttributes.PROVIDER, target.provider())
        .setAttribute(SpanAttributes.REQUEST_MODEL, target.model());
  }
}
