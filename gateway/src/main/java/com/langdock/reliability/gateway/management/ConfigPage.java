package com.langdock.reliability.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.reload.Change;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.reload.Edition;
import com.langdock.reliability.gateway.reload.Rejection;
import com.langdock.reliability.yaml.ConfigProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** {@code /api/config}: shows the configuration in use, and replaces it. */
final class ConfigPage {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigPage.class);
  private static final int MAX_BODY = 1 << 20;
  private static final String YAML = "application/yaml";
  private static final int OK = 200;
  private static final int UNPROCESSABLE = 422;

  private final Workers workers;
  private final ConfigReload config;

  ConfigPage(Workers workers, ConfigReload config) {
    this.workers = workers;
    this.config = config;
  }

  Route page() {
    return Route.of(this::show, this::put);
  }

  Route check() {
    return Route.posting(this::check);
  }

  Route rollback() {
    return Route.posting(this::rollback);
  }

  /** The one in use, or the text of {@code ?version=}. */
  private void show(HttpServerRequest request) {
    String wanted = request.getParam("version");
    if (wanted == null) {
      work(request, () -> Responses.object(this::show));
      return;
    }
    work(
        request,
        () ->
            config.history().stream()
                .filter(edition -> Integer.toString(edition.version()).equals(wanted))
                .findFirst()
                .map(edition -> Responses.object(json -> edition(json, edition, true)))
                .orElseThrow(NoSuchVersion::new));
  }

  private void show(JsonGenerator json) {
    edition(json, config.current(), true);
    Rejection rejection = config.rejection();
    if (rejection == null) {
      json.writeNullProperty("rejection");
    } else {
      json.writeObjectPropertyStart("rejection");
      json.writeStringProperty("at", Instant.ofEpochMilli(rejection.atMillis()).toString());
      json.writeStringProperty("by", rejection.by());
      problems(json, rejection.problems());
      json.writeEndObject();
    }
    json.writeArrayPropertyStart("history");
    for (Edition edition : config.history().reversed()) {
      json.writeStartObject();
      edition(json, edition, false);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void edition(JsonGenerator json, Edition edition, boolean withText) {
    json.writeNumberProperty("version", edition.version());
    json.writeStringProperty("sha256", edition.sha256());
    json.writeStringProperty("since", Instant.ofEpochMilli(edition.sinceMillis()).toString());
    json.writeStringProperty("by", edition.by());
    if (withText) {
      json.writeStringProperty("text", ConfigReload.shown(edition));
    }
  }

  static void problems(JsonGenerator json, List<ConfigProblem> problems) {
    json.writeArrayPropertyStart("problems");
    for (ConfigProblem problem : problems) {
      json.writeStartObject();
      json.writeNumberProperty("line", problem.line());
      json.writeStringProperty("path", problem.path());
      json.writeStringProperty("message", problem.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void put(HttpServerRequest request) {
    Integer version = version(request.getHeader("if-match"));
    if (version == null) {
      String message = "Send If-Match with the version that GET /api/config shows.";
      Responses.error(request, 428, "precondition_required", message);
      return;
    }
    JsonPut.read(
        request,
        YAML,
        MAX_BODY,
        body -> change(request, by -> config.put(body.toString(UTF_8), version, by)));
  }

  private void check(HttpServerRequest request) {
    JsonPut.read(
        request,
        YAML,
        MAX_BODY,
        body ->
            work(
                request,
                () -> {
                  List<ConfigProblem> found = config.check(body.toString(UTF_8));
                  return Responses.object(json -> problems(json, found));
                }));
  }

  private void rollback(HttpServerRequest request) {
    JsonPut.read(
        request,
        MAX_BODY,
        body -> {
          Integer version = JsonPut.wholeField(body, "version");
          if (version == null) {
            Responses.error(request, 400, "invalid_value", "Send {\"version\": 3}.");
          } else {
            change(request, by -> config.rollback(version, by));
          }
        });
  }

  private void change(HttpServerRequest request, Function<String, Change> change) {
    String by = Objects.requireNonNullElse(Operators.of(request), "anonymous");
    workers
        .call(() -> change.apply(by))
        .onSuccess(made -> answer(request, made))
        .onFailure(bug -> failed(request, bug));
  }

  private static void answer(HttpServerRequest request, Change change) {
    switch (change) {
      case Change.Applied applied -> {
        AdminLog.changed(request, "change_config", Integer.toString(applied.edition().version()));
        Responses.json(request, OK, json -> edition(json, applied.edition(), false));
      }
      case Change.Rejected rejected ->
          Responses.json(
              request,
              UNPROCESSABLE,
              json -> {
                json.writeObjectPropertyStart("error");
                json.writeStringProperty("message", "Nothing has changed; see problems.");
                json.writeStringProperty("type", "invalid_request_error");
                json.writeStringProperty("code", "config_rejected");
                json.writeEndObject();
                problems(json, rejected.problems());
              });
      case Change.Stale stale ->
          Responses.error(
              request, 412, "stale_version", "Version " + stale.version() + " is in use.");
      case Change.ReadOnly readOnly ->
          Responses.error(request, 409, "read_only", "The configuration file cannot be written.");
      case Change.Unknown unknown -> noSuchVersion(request);
    }
  }

  private void work(HttpServerRequest request, Callable<Buffer> work) {
    workers
        .submit(work)
        .onSuccess(body -> Responses.json(request, OK, body))
        .onFailure(bug -> failed(request, bug));
  }

  private static void failed(HttpServerRequest request, Throwable bug) {
    if (bug instanceof NoSuchVersion) {
      noSuchVersion(request);
      return;
    }
    LOG.error("the configuration could not be shown or changed", bug);
    Responses.error(request, 500, "internal_error", "The gateway failed on this request.");
  }

  private static void noSuchVersion(HttpServerRequest request) {
    Responses.error(request, 404, "not_found", "No text of that version is kept.");
  }

  /** The version in a header such as {@code "3"} or {@code 3}; null when it has none. */
  private static @Nullable Integer version(@Nullable String header) {
    String digits = header == null ? "" : header.replace("\"", "").strip();
    return digits.matches("\\d{1,9}") ? Integer.valueOf(digits) : null;
  }

  /** No text of the wanted version is kept. */
  private static final class NoSuchVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
