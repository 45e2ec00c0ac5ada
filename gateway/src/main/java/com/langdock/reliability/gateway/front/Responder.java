package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.limits.LimitDecision.LimitRefusal;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.json.JsonSplice;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Writes answers and errors with the headers that every response of the data API carries. */
final class Responder {
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String JSON = "application/json";
  private static final int UNAUTHORIZED = 401;

  private Responder() {}

  /** Sends a JSON body. */
  static void json(ClientResponse response, int status, byte[] body) {
    send(response, status, JSON, body);
  }

  /** Sends the body of an answer, which is JSON unless {@code head} says otherwise. */
  static void answer(ClientResponse response, AnswerHead head, byte[] body) {
    send(response, head.status(), Objects.requireNonNullElse(head.contentType(), JSON), body);
  }

  /** Sends the provider's JSON with edits. */
  static void answer(ClientResponse response, AnswerHead head, JsonSplice edited) {
    if (response.isOpen()) {
      response
          .header("content-type", Objects.requireNonNullElse(head.contentType(), JSON))
          .send(head.status(), edited.length(), out -> edited.writeTo(out::write));
    }
  }

  private static void send(ClientResponse response, int status, String contentType, byte[] body) {
    if (response.isOpen()) { // The client may have left while its answer was held back.
      response.header("content-type", contentType).send(status, body);
    }
  }

  /** Sends an error whose body in the shape of {@code front} is {@code json}. */
  static void error(
      ClientResponse response, Front front, ApiError error, byte[] json, RequestIdentity identity) {
    identify(response, front, identity);
    attempts(response, error.attempts());
    error
        .retryAfterNanos()
        .ifPresent(nanos -> response.header("retry-after", Long.toString(wholeSeconds(nanos))));
    if (error.limit() != null) {
      limited(response, error.limit());
    }
    if (!error.attempts().isEmpty() && error.retryAfterNanos().isEmpty()) {
      // The retries are done here; the official clients would repeat all of them.
      response.header("x-should-retry", "false");
    }
    if (error.status() == UNAUTHORIZED) {
      response.header("www-authenticate", "Bearer");
    }
    json(response, front.status(error), json);
  }

  /** The official clients ignore waits of more than a minute and would come back at once. */
  private static void limited(ClientResponse response, LimitRefusal refusal) {
    if (refusal.hasWait()) {
      response.header("retry-after-ms", Long.toString(LimitErrors.millis(refusal.waitNanos())));
    }
    if (refusal.limit().isExhausted() || refusal.waitNanos() > LONGEST_WAIT_NANOS) {
      response.header("x-should-retry", "false");
    }
  }

  /** Puts the ids of the request, and the front's own headers. */
  static void identify(ClientResponse response, Front front, RequestIdentity identity) {
    response.header("x-request-id", identity.requestId());
    front.headers(identity.requestId()).forEach(response::header);
    if (identity.clientRequestId() != null) {
      response.header("x-client-request-id", identity.clientRequestId());
    }
  }

  /** Puts who answered. */
  static void answeredBy(ClientResponse response, Target target) {
    response.header("x-provider", target.provider()).header("x-model", target.model());
  }

  /** Puts what was attempted. */
  static void attempts(ClientResponse response, List<EndedAttempt> attempts) {
    if (!attempts.isEmpty()) {
      response.header("x-attempts", Integer.toString(attempts.size()));
      response.header("x-attempt-trail", AttemptTrail.of(attempts));
    }
  }

  /** Puts what the attempt that answers adds to the head; usually nothing. */
  static void added(ClientResponse response, AnswerHead head) {
    head.headers().forEach(response::header);
    RequestChanges changes = head.changes();
    if (!changes.dropped().isEmpty()) {
      response.header("x-gateway-dropped", String.join(", ", changes.dropped()));
    }
    if (!changes.adjusted().isEmpty()) {
      response.header("x-gateway-adjusted", String.join(", ", changes.adjusted()));
    }
  }

  private static long wholeSeconds(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
  }
}
