package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.routing.Router;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * {@code PUT /api/try}: sends {@code {"model": "gpt-4", "stream": false, "count": 1}} to the
 * gateway itself; only for a model whose every target, fallbacks included, is a mock's, since other
 * providers want money for an answer.
 */
final class TryPage {
  private static final int MAX_BODY = 1_024;

  private record Wanted(String model, boolean stream, int count) {}

  private final Mocks mocks;
  private final Router router;
  private final Tries tries;

  TryPage(Mocks mocks, Router router, Tries tries) {
    this.mocks = mocks;
    this.router = router;
    this.tries = tries;
  }

  void handle(HttpServerRequest request) {
    JsonPut.read(request, MAX_BODY, body -> handle(request, body));
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Optional<Wanted> wanted = wanted(body);
    if (wanted.isEmpty()) {
      String message =
          "Send {\"model\": \"…\", \"stream\": false, \"count\": 1}; count up to "
              + Tries.MOST
              + ".";
      Responses.error(request, 400, "invalid_value", message);
      return;
    }
    mocks.settings().onSuccess(found -> send(request, wanted.get(), found.keySet()));
  }

  private void send(HttpServerRequest request, Wanted wanted, Set<String> mockProviders) {
    List<Target> plan = router.plan(wanted.model(), null).targets();
    Optional<Target> real =
        plan.stream().filter(target -> !mockProviders.contains(target.provider())).findFirst();
    if (real.isPresent()) {
      String message =
          "A request for " + wanted.model() + " may reach " + real.get() + ", which is no mock.";
      Responses.error(request, 403, "no_mock_provider", message);
    } else if (plan.isEmpty()) {
      Responses.error(
          request, 404, "model_not_found", "No provider serves " + wanted.model() + ".");
    } else {
      AdminLog.changed(request, "try", wanted.model());
      List<String> ids = tries.send(wanted.model(), wanted.stream(), wanted.count());
      Responses.json(request, 202, Responses.object(json -> shown(ids, json)));
    }
  }

  private static void shown(List<String> ids, JsonGenerator json) {
    json.writeArrayPropertyStart("client_request_ids");
    ids.forEach(json::writeString);
    json.writeEndArray();
  }

  private static Optional<Wanted> wanted(Buffer body) {
    String model = "";
    boolean stream = false;
    int count = 1;
    try (JsonParser json =
        Responses.JSON.createParser(ObjectReadContext.empty(), body.getBytes())) {
      boolean fits = json.nextToken() == JsonToken.START_OBJECT;
      while (fits && json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "model" -> model = value == JsonToken.VALUE_STRING ? json.getString() : "";
          case "stream" -> stream = value == JsonToken.VALUE_TRUE;
          case "count" -> count = value == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : 0;
          default -> fits = false;
        }
      }
      fits &= !model.isEmpty() && count >= 1 && count <= Tries.MOST;
      return fits ? Optional.of(new Wanted(model, stream, count)) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
