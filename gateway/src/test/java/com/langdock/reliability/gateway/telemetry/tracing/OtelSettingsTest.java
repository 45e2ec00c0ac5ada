package com.langdock.reliability.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtelSettingsTest {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

  private static boolean asks(Map<String, String> environment) {
    return new OtelSettings(environment).askForTraces();
  }

  @Test
  void enableNothingByDefault() {
    assertThat(asks(Map.of())).isFalse();
    assertThat(asks(Map.of("OTEL_SERVICE_NAME", "mine", "PATH", "/bin"))).isFalse();
    assertThat(asks(Map.of(ENDPOINT, " ", "OTEL_TRACES_EXPORTER", ""))).isFalse();
  }

  @Test
  void enableTracesByAnExporterOrAnEndpoint() {
    assertThat(asks(Map.of("OTEL_TRACES_EXPORTER", "otlp"))).isTrue();
    assertThat(asks(Map.of(ENDPOINT, "http://collector:4318"))).isTrue();
    assertThat(asks(Map.of(TRACES_ENDPOINT, "http://collector:4318/v1/traces"))).isTrue();
  }

  @Test
  void disableTracesByNoneDespiteAnEndpoint() {
    assertThat(asks(Map.of(ENDPOINT, "http://c:4318", "OTEL_TRACES_EXPORTER", "none"))).isFalse();
  }

  @Test
  void disableTracesByDisabledDespiteEverything() {
    assertThat(asks(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_SDK_DISABLED", "True"))).isFalse();
    assertThat(asks(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_SDK_DISABLED", "false"))).isTrue();
  }

  @Test
  void areMappedToTheSdksNames() {
    Map<String, String> environment =
        Map.of("OTEL_SERVICE_NAME", "Mine", "OTEL_BSP_SCHEDULE_DELAY", "", "PATH", "/bin");

    assertThat(new OtelSettings(environment).properties())
        .isEqualTo(Map.of("otel.service.name", "Mine"));
  }

  @Test
  void failTheStartWhenInvalid() {
    assertThatThrownBy(() -> Tracing.of(Map.of("OTEL_TRACES_EXPORTER", "pigeon")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("OTEL_*: ")
        .hasMessageContaining("pigeon");
  }
}
