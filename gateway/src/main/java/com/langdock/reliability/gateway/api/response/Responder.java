package com.langdock.reliability.gateway.api.response;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes answers and errors with the headers that every response of the data API carries. */
public final class Responder {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence CLIENT_ID = HttpHeaders.createOptimized("x-client-request-id");
  private static final CharSequence PROVIDER = HttpHeaders.createOptimized("x-provider");
  private static final CharSequence MODEL = HttpHeaders.createOptimized("x-model");
  private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-attempts");
  private static final CharSequence TRAIL = HttpHeaders.createOptimized("x-attempt-trail");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
  private static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");

  private Responder() {}

  /** Sends a JSON body. */
  public static void json(HttpServerResponse response, int status, Buffer body) {
    if (response.closed()) {
      return; // The client left while its answer was held back.
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  /** Sends an error. */
  public static void error(HttpServerResponse response, ApiError error, RequestIdentity identity) {
    error(response, error, ErrorJson.of(error, identity.requestId()), identity);
  }

  /** Sends an error whose body is {@code json}. */
  public static void error(
      HttpServerResponse response, ApiError error, byte[] json, RequestIdentity identity) {
    identify(response, identity);
    attempts(response, error.attempts());
    error
        .retryAfterNanos()
        .ifPresent(nanos -> response.putHeader(RETRY_AFTER, Long.toString(wholeSeconds(nanos))));
    if (!error.attempts().isEmpty() && error.retryAfterNanos().isEmpty()) {
      // The retries are done here; the official clients would repeat all of them.
      response.putHeader(SHOULD_RETRY, "false");
    }
    json(response, error.status(), Buffer.buffer(json));
  }

  /** Puts the ids of the request. */
  public static void identify(HttpServerResponse response, RequestIdentity identity) {
    response.putHeader(REQUEST_ID, identity.requestId());
    if (identity.clientRequestId() != null) {
      response.putHeader(CLIENT_ID, identity.clientRequestId());
    }
  }

  /** Puts who answered. */
  public static void answeredBy(HttpServerResponse response, Target target) {
    response.putHeader(PROVIDER, target.provider()).putHeader(MODEL, target.model());
  }

  /** Puts what was attempted. */
  public static void attempts(HttpServerResponse response, List<EndedAttempt> attempts) {
    if (!attempts.isEmpty()) {
      response.putHeader(ATTEMPTS, Integer.toString(attempts.size()));
      response.putHeader(TRAIL, AttemptTrail.of(attempts));
    }
  }

  private static long wholeSeconds(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
  }
}
