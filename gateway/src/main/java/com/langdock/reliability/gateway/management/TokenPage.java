package com.langdock.reliability.gateway.management;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/token}: what the caller's token may do here, so that pages offer that only. */
final class TokenPage {
  private final ManagementSources sources;

  TokenPage(ManagementSources sources) {
    this.sources = sources;
  }

  void show(HttpServerRequest request) {
    boolean mayChange = !Operators.mayOnlyRead(request);
    AccessGuard.Refusal refusal = ChangeCall.refusal(sources);
    Responses.json(
        request,
        200,
        json -> {
          text("token", Operators.of(request), json);
          json.writeStringProperty("role", mayChange ? "admin" : "read");
          json.writeBooleanProperty("may_change", mayChange);
          json.writeBooleanProperty("may_change_keys", mayChange && refusal == null);
          text("keys_refused", refusal == null ? null : refusal.message(), json);
          json.writeBooleanProperty("config", sources.config() != null);
        });
  }

  private static void text(String name, @Nullable String text, JsonGenerator json) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }
}
