package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.gateway.server.MessageHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client's request may take.
 *
 * @param usualBody bytes of a body
 * @param bodies bytes of the bodies of single APIs
 * @param totalNanos from the request's last byte to its answer, every attempt and wait included
 * @param streamTotalNanos the same to the end of a stream
 * @param maxInFlight how many may be in flight together
 * @param webSocket what a WebSocket may take; null where there are none
 */
public record RequestLimits(
    long usualBody,
    Map<EndpointName, Long> bodies,
    long totalNanos,
    long streamTotalNanos,
    int maxInFlight,
    MessageHandler.@Nullable Terms webSocket) {
  /** Keeps an immutable copy. */
  public RequestLimits {
    bodies = Map.copyOf(bodies);
  }

  /** The bytes that the body of a request to {@code path} of {@code front} may have. */
  long maxBody(Front front, String path) {
    EndpointName endpoint = bodies.isEmpty() ? null : front.endpoint(path);
    long limit = endpoint == null ? usualBody : bodies.getOrDefault(endpoint, usualBody);
    return front.maxBody(path, limit);
  }
}
