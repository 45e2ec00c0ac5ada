package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.net.URI;
import java.util.Map;

/**
 * Starts the traces of requests.
 *
 * <p>Thread-safe. Nothing of OpenTelemetry is loaded unless the environment asks for traces.
 */
public interface Tracing extends AutoCloseable {
  /**
   * The tracing that the {@code OTEL_*} environment variables configure.
   *
   * @throws IllegalStateException when a variable has an impossible value
   */
  static Tracing of(Map<String, String> environment) {
    OtelSettings settings = new OtelSettings(environment);
    return settings.askForTraces() ? OtelTracing.start(settings) : new NoTracing();
  }

  /**
   * Starts the trace of each request, or continues its client's.
   *
   * @param providers the base URLs of the providers, by name
   */
  RequestWatcher requests(Map<String, URI> providers);

  /** Exports the remaining spans, for a few seconds at most. */
  @Override
  void close();
}
