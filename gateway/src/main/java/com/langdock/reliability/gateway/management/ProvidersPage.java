package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.TargetSnapshot;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/providers}: every target, whether it is ready, and its breaker. */
final class ProvidersPage {
  private final ManagementSources sources;

  ProvidersPage(ManagementSources sources) {
    this.sources = sources;
  }

  void show(HttpServerRequest request) {
    show(request, target -> true);
  }

  /** Shows some targets only. */
  void show(HttpServerRequest request, Set<Target> targets) {
    show(request, targets::contains);
  }

  private void show(HttpServerRequest request, Predicate<Target> isShown) {
    ManagementSources.Targets targets = sources.targets().get();
    Responses.json(
        request,
        200,
        json -> {
          json.writeArrayPropertyStart("targets");
          targets.configured().stream()
              .filter(each -> isShown.test(each.target()))
              .forEach(each -> target(each, targets.states(), json));
          json.writeEndArray();
        });
  }

  private void target(ConfiguredTarget configured, TargetStates states, JsonGenerator json) {
    long now = sources.ticker().nanos();
    TargetSnapshot state = states.of(configured.target()).snapshot(now);
    json.writeStartObject();
    json.writeStringProperty("provider", configured.target().provider());
    json.writeStringProperty("model", configured.target().model());
    json.writeNumberProperty("priority", configured.priority());
    json.writeBooleanProperty("ready", state.isReady());
    json.writeNumberProperty("paused_for_ms", millis(state.pauseNanos()));
    json.writeObjectPropertyStart("breaker");
    BreakerJson.write(state.breaker(), sources.ticker(), json);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
