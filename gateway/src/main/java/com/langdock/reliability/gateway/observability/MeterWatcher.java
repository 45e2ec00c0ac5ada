package com.langdock.reliability.gateway.observability;

import com.langdock.reliability.core.session.SessionListener;

/** Counts and times everything that happens to a request. */
record MeterWatcher(GatewayMeters meters) implements RequestWatcher {
  @Override
  public SessionListener started(RequestInfo request) {
    return new RequestMeasures(meters, request);
  }

  @Override
  public void refused(Refusal refusal) {
    meters.requestInvalid();
  }
}
