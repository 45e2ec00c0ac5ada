package com.langdock.reliability.gateway.telemetry.tracing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** OpenTelemetry's standard environment variables. */
record OtelSettings(Map<String, String> environment) {
  private static final String PREFIX = "OTEL_";

  /**
   * Whether traces are enabled: an exporter or an endpoint is set, OpenTelemetry is not disabled,
   * and the exporter is not {@code none}.
   */
  boolean askForTraces() {
    if (value("OTEL_SDK_DISABLED").equalsIgnoreCase("true")) {
      return false;
    }
    String exporter = value("OTEL_TRACES_EXPORTER");
    if (!exporter.isEmpty()) {
      return !exporter.equals("none");
    }
    return !value("OTEL_EXPORTER_OTLP_ENDPOINT").isEmpty()
        || !value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT").isEmpty();
  }

  /** The variables as the SDK's properties: {@code OTEL_SERVICE_NAME} is otel.service.name. */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !value.isBlank()) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return properties;
  }

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
