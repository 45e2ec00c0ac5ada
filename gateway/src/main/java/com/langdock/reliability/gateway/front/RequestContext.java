package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.gateway.telemetry.EarlyRefusal;
import com.langdock.reliability.gateway.telemetry.tracing.RequestTrace;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request to a front, from its head to the last byte of its response: what its intake and the
 * delivery of its answer share, and what ends it after a bug. Lives on one event loop.
 */
final class RequestContext {
  private final RequestServices services;
  private final Front front;
  private final ClientRequest request;
  private final RequestIdentity identity;
  private final Loop loop;

  private RequestTrace trace = RequestTrace.NONE;
  private @Nullable AnswerDelivery delivery;
  private boolean crashed;

  RequestContext(
      RequestServices services, Front front, ClientRequest request, RequestIdentity identity) {
    this.services = services;
    this.front = front;
    this.request = request;
    this.identity = identity;
    this.loop = services.loop().guardedBy(this::crashed);
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

  /** The event loop; what its work, timers and results throw ends this request. */
  Loop loop() {
    return loop;
  }

  RequestTrace trace() {
    return trace;
  }

  /** The request belongs to this trace. */
  void trace(RequestTrace begun) {
    trace = begun;
  }

  /** The request is accepted: from now on a bug aborts what {@code begun} waits for. */
  void accepted(AnswerDelivery begun) {
    delivery = begun;
  }

  /** The response has ended. */
  void released() {
    if (delivery != null) {
      delivery.released();
    }
  }

  /** Refuses the request before its body was understood. */
  void refuse(ApiError error) {
    services.observability().requestRefused(refusal(error));
    Responder.error(response(), error, front.error(error, identity.requestId()), identity);
  }

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
  void crashed(Throwable bug) {
    if (crashed) {
      response().abort();
      return;
    }
    crashed = true;
    try {
      services.observability().bug(identity.requestId(), trace.traceId(), bug);
    } finally {
      AnswerDelivery begun = delivery;
      try {
        if (begun != null) {
          begun.abort();
        }
      } finally {
        CrashedResponse.end(response(), front, identity);
      }
    }
  }
}
