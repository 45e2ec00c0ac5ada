package com.langdock.reliability.gateway.observability;

import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;

/** Logs and measures one request. */
record RequestObserver(RequestLog log, RequestMeasures measures) implements SessionListener {
  @Override
  public void on(SessionEvent event, long now) {
    measures.on(event, now);
    log.on(event, now);
  }
}
