package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.log.Line;
import com.langdock.reliability.gateway.telemetry.log.LineLog;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Writes the log lines of one request.
 *
 * <p>No line shows message contents or a provider's message, which may quote the request.
 */
final class RequestLog implements SessionListener {
  private static final LineLog LOG = new LineLog("com.langdock.reliability.request");

  private final RequestInfo info;
  private int attempts;
  private @Nullable Long firstTokenMillis;

  /** The log of a request that starts now. */
  RequestLog(RequestInfo info) {
    this.info = info;
    if (LOG.shows(Level.INFO)) {
      Line line =
          line("request_started", info.acceptedAt())
              .with("model", info.model())
              .with("stream", info.stream());
      LOG.log(Level.INFO, "asked for " + info.model(), line);
    }
  }

  @Override
  public void on(SessionEvent event, long now) {
    switch (event) {
      case SessionEvent.AttemptStarted started -> {
        // Its end is logged.
      }
      case SessionEvent.FirstContent first ->
          firstTokenMillis = firstTokenMillis == null ? latencyMillis(now) : firstTokenMillis;
      case SessionEvent.TokensUsed used -> {
        // The request's end has the sum.
      }
      case SessionEvent.StreamFlowed flowed -> {
        // For the metrics.
      }
      case SessionEvent.TargetRefused refused -> targetRefused(refused, now);
      case SessionEvent.AttemptSkipped skipped -> attemptSkipped(skipped, now);
      case SessionEvent.AttemptFailed failed -> attemptFailed(failed.attempt(), now);
      case SessionEvent.RetryScheduled retry -> retryScheduled(retry, now);
      case SessionEvent.MovedOn move -> movedOn(move, now);
      case SessionEvent.StreamContinued continued -> streamContinued(continued, now);
      case SessionEvent.Succeeded succeeded -> succeeded(succeeded, now);
      case SessionEvent.Failed failed -> failed(failed, now);
      case SessionEvent.Cancelled cancelled -> cancelled(now);
    }
  }

  private void targetRefused(SessionEvent.TargetRefused refused, long now) {
    String why = refused.why().word();
    Line line =
        line("target_refused", now)
            .with("provider", refused.target().provider())
            .with("model", refused.target().model())
            .with("error", why);
    LOG.log(Level.DEBUG, refused.target() + " is not asked: " + why, line);
  }

  private void attemptSkipped(SessionEvent.AttemptSkipped skipped, long now) {
    Target target = skipped.attempt().target();
    Line line =
        at(line("attempt_skipped", now), skipped.attempt().number(), target)
            .with("error", skipped.why().word());
    LOG.log(Level.DEBUG, target + " cannot express the request", line);
  }

  private void attemptFailed(EndedAttempt ended, long now) {
    attempts++;
    Failure failure = ended.failure();
    if (failure == null || failure instanceof Failure.ClientGone) {
      return; // A client that left is no failure of the provider; request_cancelled follows.
    }
    Target target = ended.attempt().target();
    Line line =
        at(line("attempt_failed", now), ended.attempt().number(), target)
            .with("status", status(failure))
            .with("error", failure.word())
            .with("reason", reason(failure))
            .with("latency_ms", millis(ended.nanos()));
    LOG.log(Level.WARN, target + " failed: " + failure.word(), line);
  }

  private void retryScheduled(SessionEvent.RetryScheduled retry, long now) {
    long wait = millis(retry.waitNanos());
    Line line =
        at(line("retry_scheduled", now), retry.nextNumber(), retry.target()).with("wait_ms", wait);
    LOG.log(Level.INFO, retry.target() + " again in " + wait + " ms", line);
  }

  private void movedOn(SessionEvent.MovedOn move, long now) {
    Target from = move.from();
    Target to = move.to();
    String why = ": " + move.why().word();
    if (!from.provider().equals(to.provider())) {
      Line line = moved("failover", move, now).with("from_provider", from.provider());
      String between = "from provider " + from.provider() + " to " + to.provider();
      LOG.log(Level.INFO, between + why, line);
    }
    if (!from.model().equals(to.model())) {
      Line line = moved("fallback", move, now).with("from_model", from.model());
      LOG.log(Level.INFO, "from model " + from.model() + " to " + to.model() + why, line);
    }
  }

  private Line moved(String event, SessionEvent.MovedOn move, long now) {
    return line(event, now)
        .with("provider", move.to().provider())
        .with("model", move.to().model())
        .with("error", move.why().word());
  }

  private void streamContinued(SessionEvent.StreamContinued continued, long now) {
    Target target = continued.attempt().target();
    Line line = at(line("stream_continued", now), continued.attempt().number(), target);
    LOG.log(Level.INFO, "the stream continues at " + target, line);
  }

  private void succeeded(SessionEvent.Succeeded succeeded, long now) {
    attempts++;
    if (!LOG.shows(Level.INFO)) {
      return;
    }
    Target target = succeeded.attempt().attempt().target();
    Line line =
        line("request_succeeded", now)
            .with("provider", target.provider())
            .with("model", target.model())
            .with("attempts", attempts)
            .with("latency_ms", latencyMillis(now))
            .with("first_token_ms", firstTokenMillis)
            .with("tokens_used", succeeded.usage().totalTokens());
    LOG.log(Level.INFO, "answered by " + target, line);
  }

  private void failed(SessionEvent.Failed failed, long now) {
    String code = Labels.of(failed.code());
    Line line =
        line("request_failed", now)
            .with("code", code)
            .with("status", status(failed.failure()))
            .with("error", failed.failure().word())
            .with("attempts", attempts)
            .with("latency_ms", latencyMillis(now));
    LOG.log(Level.WARN, "failed: " + code, line);
  }

  private void cancelled(long now) {
    Line line =
        line("request_cancelled", now)
            .with("attempts", attempts)
            .with("latency_ms", latencyMillis(now));
    LOG.log(Level.INFO, "the client left", line);
  }

  private Line line(String event, long now) {
    return LOG.line(event, info.acceptedAtMillis() + latencyMillis(now))
        .with("request_id", info.requestId())
        .with("client_request_id", info.clientRequestId())
        .with("key_id", info.client().caller().keyId())
        .with("team", info.client().caller().team())
        .with("trace_id", info.traceId());
  }

  private static Line at(Line line, int number, Target target) {
    return line.with("attempt_number", number)
        .with("provider", target.provider())
        .with("model", target.model());
  }

  /** Why there was no connection, null for any other failure. */
  private static @Nullable String reason(Failure failure) {
    return failure instanceof Failure.Unreachable unreachable ? unreachable.reason().text() : null;
  }

  /** The provider's HTTP status; null, and so no field, when it did not answer. */
  private static @Nullable Integer status(Failure failure) {
    return failure.status().isPresent() ? failure.status().getAsInt() : null;
  }

  private long latencyMillis(long now) {
    return millis(now - info.acceptedAt());
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
