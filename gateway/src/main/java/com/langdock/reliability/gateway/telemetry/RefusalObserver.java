package com.langdock.reliability.gateway.telemetry;

/** Counts refused requests by their reasons, and logs those that are turned away. */
record RefusalObserver(Refusals refusals) implements RequestObserver {
  @Override
  public void turnedAway(EarlyRefusal refusal) {
    refusals.add(refusal);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.count(refusal.code(), refusal.requestId());
  }
}
