package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.log.SeenRequest;
import com.langdock.reliability.mock.settings.InvalidSetting;
import com.langdock.reliability.mock.settings.SettingsReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths for settings and statistics of a provider. */
final class ControlEndpoint {
  private final String provider;
  private final ProviderState state;

  ControlEndpoint(String provider, ProviderState state) {
    this.provider = provider;
    this.state = state;
  }

  void showSettings(HttpServerRequest request) {
    answer(request, 200, SettingsReader.show(state.behaviour().settings()));
  }

  void changeSettings(HttpServerRequest request, Buffer body) {
    try {
      state.configure(SettingsReader.read(body.toString(StandardCharsets.UTF_8)));
      showSettings(request);
    } catch (InvalidSetting problem) {
      String param = problem.field().isEmpty() ? null : problem.field();
      Object error =
          Json.object("message", problem.getMessage(), "type", "invalid_settings", "param", param);
      answer(request, 400, Json.object("error", error));
    }
  }

  void showStats(HttpServerRequest request) {
    List<Map<String, @Nullable Object>> requests =
        state.log().requests().stream().map(SeenRequest::show).toList();
    answer(
        request,
        200,
        Json.object("provider", provider, "total", state.log().total(), "requests", requests));
  }

  void reset(HttpServerRequest request) {
    state.reset();
    answer(request, 200, Json.object("status", "reset"));
  }

  void health(HttpServerRequest request) {
    answer(request, 200, Json.object("status", "healthy"));
  }

  private static void answer(HttpServerRequest request, int status, Object body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(Json.text(body));
  }
}
