package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.resilience.GateSnapshot;
import com.langdock.reliability.core.resilience.breaker.BreakerSnapshot;
import com.langdock.reliability.core.resilience.breaker.BreakerState;
import com.langdock.reliability.core.routing.Offer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/providers}: every target, whether it is ready, and what its breaker saw. */
final class ProvidersPage {
  private final ManagementSources sources;

  ProvidersPage(ManagementSources sources) {
    this.sources = sources;
  }

  void show(HttpServerRequest request) {
    Reply.json(
        request,
        200,
        Reply.object(json -> {
          json.writeArrayPropertyStart("targets");
          sources.offers().forEach(offer -> target(offer, json));
          json.writeEndArray();
        }));
  }

  private void target(Offer offer, JsonGenerator json) {
    long now = sources.ticker().nanos();
    GateSnapshot gate = sources.gates().of(offer.target()).snapshot(now);
    json.writeStartObject();
    json.writeStringProperty("provider", offer.target().provider());
    json.writeStringProperty("model", offer.target().model());
    json.writeNumberProperty("priority", offer.priority());
    json.writeBooleanProperty("ready", gate.isReady());
    json.writeNumberProperty("paused_for_ms", millis(gate.pauseNanos()));
    breaker(gate.breaker(), now, json);
    json.writeEndObject();
  }

  private void breaker(BreakerSnapshot breaker, long now, JsonGenerator json) {
    json.writeObjectPropertyStart("breaker");
    json.writeStringProperty("name", breaker.breaker());
    json.writeStringProperty("state", breaker.state().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("why", breaker.why());
    json.writeStringProperty("since", since(now - breaker.sinceNanos()));
    if (breaker.state() == BreakerState.CLOSED) {
      json.writeNullProperty("next_probe_in_ms");
    } else {
      json.writeNumberProperty("next_probe_in_ms", millis(breaker.waitNanos()));
    }
    json.writeNumberProperty("consecutive_failures", breaker.consecutiveFailures());
    json.writeNumberProperty("window_calls", breaker.windowCalls());
    json.writeNumberProperty("window_failures", breaker.windowFailures());
    json.writeEndObject();
  }

  /** The moment, in RFC 3339, that was so long ago. */
  private String since(long nanosAgo) {
    return Instant.ofEpochMilli(sources.ticker().unixMillis() - millis(nanosAgo)).toString();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
