package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.net.URI;
import java.util.Map;

/**
 * Starts the traces of requests.
 *
 * <p>Thread-safe. Nothing of OpenTelemetry is loaded unless the environment asks for traces.
 */
public interface Tracing extends RequestWatcher, AutoCloseable {
  /**
   * The tracing that the {@code OTEL_*} environment variables configure.
   *
   * @param providers the base URLs of the providers, by name
   * @throws IllegalStateException when a variable has an impossible value
   */
  static Tracing of(Map<String, String> environment, Map<String, URI> providers) {
    OtelSettings settings = new OtelSettings(environment);
    return settings.askForTraces() ? OtelTracing.start(settings, providers) : new NoTracing();
  }

  /** Starts the trace of a request, or continues its client's. */
  @Override
  RequestObserver observe(RequestStart request);

  /** Exports the remaining spans, for a few seconds at most. */
  @Override
  void close();
}
