package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for everything that happens to a request. */
final class LogObserver implements RequestObserver {
  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.request");

  @Override
  public SessionListener began(RequestInfo request) {
    return new RequestLog(request);
  }

  @Override
  public void refused(Refusal refusal) {
    LOG.atInfo()
        .addKeyValue("event", "validation_failed")
        .addKeyValue("request_id", refusal.requestId())
        .addKeyValue("client_request_id", refusal.clientRequestId())
        .addKeyValue("trace_id", refusal.traceId())
        .addKeyValue("code", refusal.code())
        .addKeyValue("param", refusal.param())
        .log("refused: {}", refusal.code());
  }
}
