package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.access.Grant.Outcome;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.gateway.server.ResponseListener;
import com.langdock.reliability.gateway.telemetry.EarlyRefusal;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to the last byte of its response: shared by its intake and its
 * delivery. It is the guard that ends the request after a bug, and it releases the grant exactly
 * once. Lives on one event loop.
 */
final class RequestContext implements ResponseListener {
  private final LoopSetup setup;
  private final Front front;
  private final ClientRequest request;
  private final RequestIdentity identity;
  private final Grant grant;
  private final Loop loop;

  private RequestObserver observer;
  private @Nullable AnswerDelivery delivery;
  private Outcome outcome = Outcome.CANCELLED;
  private boolean crashed;
  private boolean released;
  private boolean inFlight;

  RequestContext(
      LoopSetup setup, Front front, ClientRequest request, RequestIdentity identity, Grant grant) {
    this.setup = setup;
    this.front = front;
    this.request = request;
    this.identity = identity;
    this.grant = grant;
    this.observer = setup.services().observability().beforeStart();
    this.loop = setup.loop().guardedBy(this::crashed);
    response().listener(this);
  }

  /** What the request began with. */
  LoopSetup setup() {
    return setup;
  }

  /** What it shares with all requests of its loop. */
  RequestServices services() {
    return setup.services();
  }

  Front front() {
    return front;
  }

  ClientRequest request() {
    return request;
  }

  /** What the front needs of the head. */
  RequestHead head() {
    return head(request, front, caller());
  }

  /** What {@code front} needs of the head of {@code request}, whose caller is not yet known. */
  static RequestHead head(ClientRequest request, Front front) {
    return head(request, front, Caller.ANONYMOUS);
  }

  private static RequestHead head(ClientRequest request, Front front, Caller caller) {
    Set<String> prefixes = front.headerPrefixes();
    return new RequestHead(
        request.method(),
        request.path(),
        request.query(),
        prefixes.isEmpty() ? Map.of() : request.headersWithPrefix(prefixes),
        caller);
  }

  /** The bytes that its body may have. */
  long maxBody() {
    return setup.limits().maxBody(front, request.path());
  }

  ClientResponse response() {
    return request.response();
  }

  RequestIdentity identity() {
    return identity;
  }

  Grant grant() {
    return grant;
  }

  /** Who asks. */
  Caller caller() {
    return grant.caller();
  }

  /** Counts the request as one in flight; false where the gateway has too much to do for it. */
  boolean begins() {
    inFlight = services().load().begin(caller().priority(), setup.limits().maxInFlight());
    return inFlight;
  }

  /** Counts the request as one of its caller's, though it is refused. */
  void charge() {
    RequestLimiter limiter = setup.limiter();
    if (limiter != null) {
      limiter.charge(caller());
    }
  }

  /** The event loop, guarded: what its work, timers and results throw ends this request. */
  Loop loop() {
    return loop;
  }

  /** The observer of this request. */
  RequestObserver observer() {
    return observer;
  }

  /** Starts observation, when the last byte of the request has arrived. */
  void start(RequestStart start) {
    observer = setup.watcher().observe(start);
  }

  /** Sets the delivery that a bug must abort from now on. */
  void accepted(AnswerDelivery begun) {
    delivery = begun;
  }

  /** Sets the outcome of a request that has no session. */
  void outcome(Outcome how) {
    outcome = how;
  }

  /** The response has ended: all of it was sent, or the client has left. */
  void released() {
    AnswerDelivery begun = delivery;
    if (begun == null) {
      release(Usage.NONE, outcome);
    } else {
      begun.released();
    }
  }

  /** Releases observer and grant; later calls do nothing. */
  void release(Usage usage, Outcome outcome) {
    if (!released) {
      released = true;
      if (inFlight) {
        services().load().end();
      }
      observer.released();
      grant.release(usage, outcome);
    }
  }

  /** Refuses the request before its body was read as a request. */
  void refuse(ApiError error) {
    outcome(Outcome.REFUSED);
    observer.turnedAway(refusal(error));
    observer.answered(front.status(error), loop.ticker().nanos());
    byte[] json = front.error(error, identity.requestId());
    Responder.error(response(), front, error, json, identity);
    released(); // The body may never have been requested, so its end would not release it.
  }

  /** Nothing to cancel: until an intake listens, everything completes at once. */
  @Override
  public void clientLeft() {}

  @Override
  public void stopped() {}

  private EarlyRefusal refusal(ApiError error) {
    InetAddress address = request.clientAddress();
    return new EarlyRefusal(
        identity.requestId(),
        identity.clientRequestId(),
        front.status(error),
        error.code(),
        address == null ? null : address.getHostAddress());
  }

  /**
   * Ends the request after an exception and reports it once: with a 500, with an error in a stream
   * that has begun, or, if neither can be sent, by closing the connection.
   */
  @Override
  public void crashed(Throwable bug) {
    if (crashed) {
      response().abort();
      return;
    }
    crashed = true;
    try {
      services().observability().bug(identity.requestId(), observer.traceId(), bug);
    } finally {
      abort();
    }
  }

  private void abort() {
    AnswerDelivery begun = delivery;
    outcome(Outcome.FAILED);
    try {
      if (begun != null) {
        begun.abort();
      }
    } finally {
      CrashedResponse.end(response(), front, identity);
      if (begun == null) {
        released();
      }
    }
  }
}
