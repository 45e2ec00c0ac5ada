package com.langdock.reliability.gateway.management;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/mocks}, and {@code PUT /api/mocks/{provider}}: failures, switched on and off. */
final class MocksPage {
  /** Where one mock is, by its provider's name. */
  static final String PREFIX = "/api/mocks/";

  private static final Logger LOG = LoggerFactory.getLogger(MocksPage.class);
  private static final int MAX_BODY = 16 * 1024;

  private final Mocks mocks;

  MocksPage(Mocks mocks) {
    this.mocks = mocks;
  }

  void list(HttpServerRequest request) {
    mocks
        .settings()
        .onSuccess(found -> Responses.json(request, 200, shown(found)))
        .onFailure(problem -> unreachable(request, problem));
  }

  private static Buffer shown(Map<String, Buffer> found) {
    return Responses.object(json -> {
      json.writeArrayPropertyStart("mocks");
      found.forEach((provider, settings) -> {
        json.writeStartObject();
        json.writeStringProperty("provider", provider);
        json.writeName("settings");
        json.writeRawValue(settings.toString());
        json.writeEndObject();
      });
      json.writeEndArray();
    });
  }

  void show(HttpServerRequest request) {
    mocks
        .settings()
        .onSuccess(found -> {
          Buffer settings = found.get(provider(request));
          if (settings == null) {
            unknown(request);
          } else {
            Responses.json(request, 200, settings);
          }
        })
        .onFailure(problem -> unreachable(request, problem));
  }

  void change(HttpServerRequest request) {
    JsonPut.read(request, MAX_BODY, body -> change(request, body));
  }

  private void change(HttpServerRequest request, Buffer body) {
    mocks
        .change(provider(request), body)
        .onSuccess(answer ->
            answer.ifPresentOrElse(given -> changed(request, given), () -> unknown(request)))
        .onFailure(problem -> unreachable(request, problem));
  }

  private static void changed(HttpServerRequest request, Mocks.Answer answer) {
    if (answer.status() == 200) {
      AdminLog.changed(request, "set_mock_failures", provider(request));
    }
    Responses.json(request, answer.status(), answer.body());
  }

  private static String provider(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), PREFIX).substring(PREFIX.length());
  }

  private static void unknown(HttpServerRequest request) {
    Responses.error(request, 404, "not_found", "No mock provider of this name answers.");
  }

  private static void unreachable(HttpServerRequest request, Throwable problem) {
    LOG.warn("a mock provider could not be asked", problem);
    Responses.error(request, 502, "mock_unreachable", "The mock provider did not answer.");
  }
}
