package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.access.Grant.Outcome;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.gateway.server.ResponseListener;
import com.langdock.reliability.gateway.telemetry.EarlyRefusal;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request to a front, from its head to the last byte of its response: what its intake and the
 * delivery of its answer share, and what ends it after a bug. It releases the request's grant,
 * once. Lives on one event loop.
 */
final class RequestContext implements ResponseListener {
  private final RequestServices services;
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

  RequestContext(
      RequestServices services,
      Front front,
      ClientRequest request,
      RequestIdentity identity,
      Grant grant) {
    this.services = services;
    this.front = front;
    this.request = request;
    this.identity = identity;
    this.grant = grant;
    this.observer = services.observability().beforeStart();
    this.loop = services.loop().guardedBy(this::crashed);
    response().listener(this);
  }

  RequestServices services() {
    return services;
  }

  Front front() {
    return front;
  }

  ClientRequest request() {
    return request;
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

  /** The event loop; what its work, timers and results throw ends this request. */
  Loop loop() {
    return loop;
  }

  /** Who observes the request. */
  RequestObserver observer() {
    return observer;
  }

  /** The last byte of the request is in: from now on all watch it who care. */
  void starts(RequestStart start) {
    observer = services.watcher().observe(start);
  }

  /** The request is accepted: from now on a bug aborts what {@code begun} waits for. */
  void accepted(AnswerDelivery begun) {
    delivery = begun;
  }

  /** The request ends so, without a session. */
  void ends(Outcome how) {
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

  /** Gives back what is held for the request, the first time that this is called. */
  void release(Usage usage, Outcome outcome) {
    if (!released) {
      released = true;
      observer.released();
      grant.release(usage, outcome);
    }
  }

  /** Refuses the request before its body was understood. */
  void refuse(ApiError error) {
    ends(Outcome.REFUSED);
    observer.turnedAway(refusal(error));
    observer.answered(error.status(), services.loop().ticker().nanos());
    Responder.error(response(), error, front.error(error, identity.requestId()), identity);
    released(); // It may be that its body was never asked for, whose end is else the request's.
  }

  /** Until an intake listens, everything is done at once. */
  @Override
  public void clientLeft() {}

  @Override
  public void stopped() {}

  private EarlyRefusal refusal(ApiError error) {
    InetAddress address = request.remoteAddress();
    return new EarlyRefusal(
        identity.requestId(),
        identity.clientRequestId(),
        error.status(),
        error.code(),
        address == null ? null : address.getHostAddress());
  }

  /**
   * Whatever is thrown from the request's first byte to its last ends it, and is told once. A
   * response that has not begun is a 500, a stream ends in an error; if that is impossible too, the
   * connection is closed.
   */
  @Override
  public void crashed(Throwable bug) {
    if (crashed) {
      response().abort();
      return;
    }
    crashed = true;
    try {
      services.observability().bug(identity.requestId(), observer.traceId(), bug);
    } finally {
      abort();
    }
  }

  private void abort() {
    AnswerDelivery begun = delivery;
    ends(Outcome.FAILED);
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
