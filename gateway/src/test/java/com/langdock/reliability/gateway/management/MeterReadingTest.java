package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.telemetry.Observability;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeterReadingTest {
  private static final Ticker TICKER =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long unixMillis() {
          return 0;
        }
      };

  /** A meter that is renamed would leave the page empty without an error. */
  @Test
  void findsEveryMeterThatItReads() {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Observability observability =
        new Observability(
            metrics,
            TICKER,
            List.of(new Target("openai", "gpt-4")),
            new ModelCatalog(Map.of()),
            Observability.Watchers.NONE);

    assertThat(metrics.getPrometheusRegistry().scrape().stream().map(MeterReadingTest::name))
        .containsAll(MeterReading.ALL);
    assertThat(observability.inFlight()).isZero();
  }

  private static String name(MetricSnapshot metric) {
    return metric.getMetadata().getPrometheusName();
  }
}
