package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerSnapshot;
import com.langdock.reliability.core.resilience.BreakerState;
import com.langdock.reliability.core.resilience.RetryBudget;
import com.langdock.reliability.core.resilience.TargetSnapshot;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot.Attempts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the current state of the gateway into an object that was started. */
record LiveJson(
    LiveFigures figures, ManagementSources.Targets targets, Health health, Ticker ticker) {

  /**
   * Writes the current figures, providers and breakers.
   *
   * @param withHistory whether to include the figures of the last quarter of an hour
   */
  void write(boolean withHistory, JsonGenerator json) {
    json.writeStringProperty("health", healthWord());
    json.writeNumberProperty("at", ticker.unixMillis());
    json.writeNumberProperty("uptime_s", figures.uptimeSeconds());
    json.writeNumberProperty("window_s", LiveFigures.WINDOW_SECONDS);
    json.writeName("now");
    write(figures.now(), json);
    if (withHistory) {
      json.writeArrayPropertyStart("history");
      figures.history().forEach(point -> write(point, json));
      json.writeEndArray();
    }
    json.writeArrayPropertyStart("providers");
    byProvider().forEach((provider, theirs) -> provider(provider, theirs, json));
    json.writeEndArray();
  }

  private String healthWord() {
    if (health.isDraining()) {
      return "draining";
    }
    boolean allReady =
        targets.states().snapshots(ticker.nanos()).stream().allMatch(TargetSnapshot::isReady);
    return allReady ? "healthy" : "degraded";
  }

  private Map<String, List<ConfiguredTarget>> byProvider() {
    return targets.configured().stream()
        .collect(
            Collectors.groupingBy(
                offer -> offer.target().provider(), LinkedHashMap::new, Collectors.toList()));
  }

  private void provider(String name, List<ConfiguredTarget> theirs, JsonGenerator json) {
    long now = ticker.nanos();
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeNumberProperty("priority", theirs.getFirst().priority());
    RetryBudget budget = targets.states().budgets().get(name);
    if (budget != null) {
      json.writeNumberProperty("retry_budget", budget.balance(now));
    }
    json.writeArrayPropertyStart("targets");
    for (ConfiguredTarget offer : theirs) {
      target(targets.states().of(offer.target()).snapshot(now), json);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("breakers");
    targets.states().breakers().values().stream()
        .filter(breaker -> isOf(name, breaker.name()))
        .map(breaker -> breaker.snapshot(now))
        .filter(breaker -> isShown(name, breaker))
        .forEach(breaker -> breaker(breaker, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Whether a breaker is the provider's, or that of one of its targets. */
  private static boolean isOf(String provider, String breaker) {
    return breaker.equals(provider) || breaker.startsWith(provider + "/");
  }

  /** Leaves out breakers of targets, which may be hundreds, that never changed. */
  private boolean isShown(String provider, BreakerSnapshot breaker) {
    return breaker.breaker().equals(provider)
        || breaker.state() != BreakerState.CLOSED
        || !targets.breakers().of(breaker.breaker()).isEmpty();
  }

  private void target(TargetSnapshot state, JsonGenerator json) {
    Attempts attempts = figures.attempts(state.target());
    json.writeStartObject();
    json.writeStringProperty("model", state.target().model());
    json.writeBooleanProperty("ready", state.isReady());
    json.writeNumberProperty("paused_for_ms", millis(state.pauseNanos()));
    json.writeNumberProperty("succeeded_per_minute", attempts.succeeded());
    json.writeNumberProperty("failed_per_minute", attempts.failed());
    json.writeStringProperty("breaker", state.breaker().breaker());
    json.writeEndObject();
  }

  private void breaker(BreakerSnapshot breaker, JsonGenerator json) {
    json.writeStartObject();
    BreakerJson.write(breaker, ticker, json);
    json.writeArrayPropertyStart("changes");
    targets.breakers().of(breaker.breaker()).forEach(moment -> change(moment, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void change(BreakerHistory.Moment moment, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("at", moment.at());
    json.writeStringProperty("from", Labels.of(moment.from()));
    json.writeStringProperty("to", Labels.of(moment.to()));
    json.writeStringProperty("why", moment.why());
    json.writeEndObject();
  }

  private static void write(Figures figures, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("at", figures.at());
    json.writeNumberProperty("requests_per_second", figures.requestsPerSecond());
    number("success_rate", figures.successRate(), json);
    number("latency_p50_ms", figures.latency().p50(), json);
    number("latency_p95_ms", figures.latency().p95(), json);
    number("latency_p99_ms", figures.latency().p99(), json);
    number("first_token_p50_ms", figures.firstToken().p50(), json);
    number("first_token_p95_ms", figures.firstToken().p95(), json);
    json.writeNumberProperty("tokens_per_second", figures.spending().tokensPerSecond());
    json.writeNumberProperty("cost_per_hour_usd", figures.spending().dollarsPerHour());
    json.writeNumberProperty("in_flight", figures.inFlight());
    json.writeEndObject();
  }

  private static void number(String name, @Nullable Double value, JsonGenerator json) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
