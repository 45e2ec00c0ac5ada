package com.langdock.reliability.gateway.observability;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes the log lines of one request.
 *
 * <p>No line shows message contents or what a provider said: its words may quote the request.
 */
final class RequestLog implements SessionListener {
  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.request");

  private final RequestInfo info;
  private int attempts;
  private @Nullable Long firstTokenMillis;

  /** The log of a request that starts now. */
  RequestLog(RequestInfo info) {
    this.info = info;
    line(Level.INFO, "request_started")
        .addKeyValue("model", info.model())
        .addKeyValue("stream", info.stream())
        .log("asked for {}", info.model());
  }

  @Override
  public void on(SessionEvent event, long now) {
    switch (event) {
      case SessionEvent.AttemptStarted started -> {
        // Its end says all there is to say.
      }
      case SessionEvent.FirstContent first ->
          firstTokenMillis = firstTokenMillis == null ? latencyMillis(now) : firstTokenMillis;
      case SessionEvent.TokensUsed used -> {
        // The request's end says how many in all.
      }
      case SessionEvent.StreamFlowed flowed -> {
        // For the metrics.
      }
      case SessionEvent.TargetRefused refused -> targetRefused(refused);
      case SessionEvent.AttemptSkipped skipped -> attemptSkipped(skipped);
      case SessionEvent.AttemptFailed failed -> attemptFailed(failed.attempt());
      case SessionEvent.RetryScheduled retry -> retryScheduled(retry);
      case SessionEvent.MovedOn move -> movedOn(move);
      case SessionEvent.StreamContinued continued -> streamContinued(continued);
      case SessionEvent.Succeeded succeeded -> succeeded(succeeded, now);
      case SessionEvent.Failed failed -> failed(failed, now);
      case SessionEvent.Cancelled cancelled -> cancelled(now);
    }
  }

  private void targetRefused(SessionEvent.TargetRefused refused) {
    line(Level.DEBUG, "target_refused")
        .addKeyValue("provider", refused.target().provider())
        .addKeyValue("model", refused.target().model())
        .addKeyValue("error", refused.why().word())
        .log("{} is not asked: {}", refused.target(), refused.why().word());
  }

  private void attemptSkipped(SessionEvent.AttemptSkipped skipped) {
    Target target = skipped.attempt().target();
    at(line(Level.DEBUG, "attempt_skipped"), skipped.attempt().number(), target)
        .addKeyValue("error", skipped.why().word())
        .log("{} cannot be asked this", target);
  }

  private void attemptFailed(EndedAttempt ended) {
    attempts++;
    Failure failure = ended.failure();
    if (failure == null || failure instanceof Failure.ClientGone) {
      return; // A client that left says nothing of the provider; request_cancelled follows.
    }
    Target target = ended.attempt().target();
    at(line(Level.WARN, "attempt_failed"), ended.attempt().number(), target)
        .addKeyValue("status", status(failure))
        .addKeyValue("error", failure.word())
        .addKeyValue("latency_ms", millis(ended.nanos()))
        .log("{} failed: {}", target, failure.word());
  }

  private void retryScheduled(SessionEvent.RetryScheduled retry) {
    long wait = millis(retry.waitNanos());
    at(line(Level.INFO, "retry_scheduled"), retry.nextNumber(), retry.target())
        .addKeyValue("wait_ms", wait)
        .log("{} again in {} ms", retry.target(), wait);
  }

  private void movedOn(SessionEvent.MovedOn move) {
    Target from = move.from();
    Target to = move.to();
    if (!from.provider().equals(to.provider())) {
      moved("failover", move)
          .addKeyValue("from_provider", from.provider())
          .log("from provider {} to {}: {}", from.provider(), to.provider(), move.why().word());
    }
    if (!from.model().equals(to.model())) {
      moved("fallback", move)
          .addKeyValue("from_model", from.model())
          .log("from model {} to {}: {}", from.model(), to.model(), move.why().word());
    }
  }

  private LoggingEventBuilder moved(String event, SessionEvent.MovedOn move) {
    return line(Level.INFO, event)
        .addKeyValue("provider", move.to().provider())
        .addKeyValue("model", move.to().model())
        .addKeyValue("error", move.why().word());
  }

  private void streamContinued(SessionEvent.StreamContinued continued) {
    Target target = continued.attempt().target();
    at(line(Level.INFO, "stream_continued"), continued.attempt().number(), target)
        .log("the stream goes on at {}", target);
  }

  private void succeeded(SessionEvent.Succeeded succeeded, long now) {
    attempts++;
    Target target = succeeded.attempt().attempt().target();
    line(Level.INFO, "request_succeeded")
        .addKeyValue("provider", target.provider())
        .addKeyValue("model", target.model())
        .addKeyValue("attempts", attempts)
        .addKeyValue("latency_ms", latencyMillis(now))
        .addKeyValue("first_token_ms", firstTokenMillis)
        .addKeyValue("tokens_used", succeeded.usage().totalTokens())
        .log("answered by {}", target);
  }

  private void failed(SessionEvent.Failed failed, long now) {
    String code = Words.of(failed.code());
    line(Level.WARN, "request_failed")
        .addKeyValue("code", code)
        .addKeyValue("status", status(failed.failure()))
        .addKeyValue("error", failed.failure().word())
        .addKeyValue("attempts", attempts)
        .addKeyValue("latency_ms", latencyMillis(now))
        .log("failed: {}", code);
  }

  private void cancelled(long now) {
    line(Level.INFO, "request_cancelled")
        .addKeyValue("attempts", attempts)
        .addKeyValue("latency_ms", latencyMillis(now))
        .log("the client left");
  }

  private LoggingEventBuilder line(Level level, String event) {
    return LOG.atLevel(level)
        .addKeyValue("event", event)
        .addKeyValue("request_id", info.requestId())
        .addKeyValue("client_request_id", info.clientRequestId())
        .addKeyValue("trace_id", info.traceId());
  }

  private static LoggingEventBuilder at(LoggingEventBuilder line, int number, Target target) {
    return line.addKeyValue("attempt_number", number)
        .addKeyValue("provider", target.provider())
        .addKeyValue("model", target.model());
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
