package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionListener;
import java.util.Map;

/**
 * Counts and times everything that happens to a request.
 *
 * @param targets the meters of the targets that a request may be tried at
 */
record MeterObserver(GatewayMeters meters, Map<Target, TargetMeters> targets)
    implements RequestObserver {
  @Override
  public SessionListener began(RequestInfo request) {
    return new RequestMeters(meters, targets, request);
  }

  @Override
  public void refused(Refusal refusal) {
    meters.requestInvalid();
  }
}
