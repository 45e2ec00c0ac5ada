package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.engine.Propagation;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request's part of a trace. Used on the request's thread only. */
public interface RequestTrace extends Propagation {
  /** The trace of a request that belongs to none. */
  RequestTrace NONE = new PassedOnTrace(null);

  /** The same trace, isolated from its request: its exceptions go to {@code failures}. */
  RequestTrace isolated(Consumer<Throwable> failures);

  /** The id of the trace, 32 hexadecimal digits; null when there is none. */
  @Nullable String traceId();

  /**
   * A valid request begins; the result accepts its session's events, and passes them to {@code
   * others}.
   */
  SessionListener started(RequestInfo request, SessionListener others);

  /** The request was refused with an error of this code before any provider was asked. */
  void refused(String code);

  /** The head of the answer is sent with this HTTP status. */
  void answered(int status, long now);
}
