package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.resilience.TargetStates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /api/providers/{name}/circuit} with {@code {"action": "reset"}}, and {@code …/pause}
 * with {@code {"action": "lift"}}: for operators who know that a provider works again. With {@code
 * "model"} only one target is changed.
 */
final class ProviderActionsPage {
  private static final Pattern PATH = Pattern.compile("/api/providers/([^/]+)/(circuit|pause)");
  private static final Set<String> FIELDS = Set.of("action", "model");
  private static final int MAX_BODY = 1_024;

  /** The changes. */
  private enum Action {
    RESET_CIRCUIT("reset"),
    LIFT_PAUSE("lift");

    private final String word;

    Action(String word) {
      this.word = word;
    }
  }

  private final ManagementSources sources;
  private final ProvidersPage providers;

  ProviderActionsPage(ManagementSources sources, ProvidersPage providers) {
    this.sources = sources;
    this.providers = providers;
  }

  /** The route of a path, null when the path is none of these. */
  @Nullable Route page(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    String provider = matcher.group(1);
    Action action = matcher.group(2).equals("pause") ? Action.LIFT_PAUSE : Action.RESET_CIRCUIT;
    return Route.changing(
        request -> JsonPut.read(request, MAX_BODY, body -> act(request, action, provider, body)));
  }

  private void act(HttpServerRequest request, Action action, String provider, Buffer body) {
    Map<String, String> fields = JsonPut.stringFields(body);
    if (!FIELDS.containsAll(fields.keySet()) || !action.word.equals(fields.get("action"))) {
      String message =
          "Send {\"action\": \"" + action.word + "\"}, with \"model\" for one target only.";
      Responses.error(request, 400, "invalid_value", message);
      return;
    }
    @Nullable String model = fields.get("model");
    TargetStates states = sources.targets().get().states();
    List<Target> targets =
        switch (action) {
          case RESET_CIRCUIT -> states.resetCircuits(provider, model, sources.ticker().nanos());
          case LIFT_PAUSE -> states.liftPauses(provider, model);
        };
    if (targets.isEmpty()) {
      Responses.error(request, 404, "not_found", "There is no such target.");
      return;
    }
    String object = model == null ? provider : provider + "/" + model;
    AdminLog.changed(request, action == Action.LIFT_PAUSE ? "lift_pause" : "reset_circuit", object);
    providers.show(request, Set.copyOf(targets));
  }
}
