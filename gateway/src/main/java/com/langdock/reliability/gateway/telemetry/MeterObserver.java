package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.session.SessionListener;

/** Counts and times everything that happens to a request. */
record MeterObserver(GatewayMeters meters) implements RequestObserver {
  @Override
  public SessionListener began(RequestInfo request) {
    return new RequestMeters(meters, request);
  }

  @Override
  public void refused(Refusal refusal) {
    meters.requestInvalid();
  }
}
