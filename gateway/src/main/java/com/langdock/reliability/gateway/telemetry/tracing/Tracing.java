package com.langdock.reliability.gateway.telemetry.tracing;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the traces of requests.
 *
 * <p>Thread-safe. Nothing of OpenTelemetry is loaded unless the environment asks for traces.
 */
public interface Tracing extends AutoCloseable {
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

  /**
   * Starts the trace of a request, or continues its client's.
   *
   * @param acceptedAt when its last byte was in, in monotonic nanoseconds
   * @param acceptedAtMillis the same moment in milliseconds since 1970
   * @param incoming the client's trace, null when it named none
   */
  RequestTrace begin(
      String requestId, long acceptedAt, long acceptedAtMillis, @Nullable TraceContext incoming);

  /** Exports the remaining spans, for a few seconds at most. */
  @Override
  void close();
}
