package com.langdock.reliability.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.keys.KeyChanges.Which;
import com.langdock.reliability.gateway.keys.KeyJson;
import com.langdock.reliability.gateway.keys.Outcome;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.json.JsonValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** Makes a change of keys or teams for a request, on a worker, and answers it. */
final class ChangeCall {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeCall.class);
  private static final int MAX_BODY = 64 * 1024;
  private static final int ACCEPTED = 202;
  private static final String DIGITS = "\\d{1,18}";

  /** Of a text with many keys: some ten thousand. */
  private static final int MAX_TEXT = 3 << 20;

  private static final AccessGuard.Refusal KEYS_OFF =
      new AccessGuard.Refusal(
          409,
          "client_keys_off",
          "No request needs a key yet: add the section client_keys to the configuration, which may"
              + " be empty, and restart.");
  private static final AccessGuard.Refusal STORE_OFF =
      new AccessGuard.Refusal(404, "store_off", "Nothing is stored: store.url is none.");
  private static final AccessGuard.Refusal NO_TOKENS =
      new AccessGuard.Refusal(
          403,
          "admin_token_required",
          "Set management.tokens to change keys and teams: bin/gateway key --admin makes one.");

  private final Workers workers;
  private final OtherReplicas others;
  private final ManagementSources sources;

  ChangeCall(Vertx vertx, Workers workers, ManagementSources sources) {
    this.others = new OtherReplicas(vertx, workers, sources.ticker());
    this.workers = workers;
    this.sources = sources;
  }

  /** A change by somebody. */
  interface Change {
    /** Makes it. */
    Outcome make(ManagementSources.Keys with, AuditRow.By by) throws SQLException;
  }

  /** A change by somebody who sent a body. */
  interface ChangeOf<T> {
    /** Makes it. */
    Outcome make(ManagementSources.Keys with, AuditRow.By by, T body) throws SQLException;
  }

  /** Makes a change that a JSON object describes; {@code status} says that it was made. */
  void withBody(HttpServerRequest request, String action, int status, ChangeOf<JsonValue> change) {
    ManagementSources.Keys keys = permitted(request);
    if (keys != null) {
      JsonPut.readObject(
          request,
          MAX_BODY,
          body -> make(request, action, status, () -> change.make(keys, by(request), body)));
    }
  }

  /** Makes a change that a YAML text describes. */
  void withText(HttpServerRequest request, String action, int status, ChangeOf<String> change) {
    ManagementSources.Keys keys = permitted(request);
    if (keys != null) {
      JsonPut.read(
          request,
          "application/yaml",
          MAX_TEXT,
          body -> {
            AuditRow.By by = by(request);
            make(request, action, status, () -> change.make(keys, by, body.toString(UTF_8)));
          });
    }
  }

  /** Makes a change that needs no body. */
  void withoutBody(HttpServerRequest request, String action, Change change) {
    ManagementSources.Keys keys = permitted(request);
    if (keys == null) {
      return;
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean hasBody =
        (length != null && !length.equals("0"))
            || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    if (hasBody) {
      Responses.error(request, 413, "request_too_large", "This request has no body.");
      return;
    }
    make(request, action, 200, () -> change.make(keys, by(request)));
  }

  /** Why nobody can change keys and teams of this gateway; null where tokens can. */
  static AccessGuard.@Nullable Refusal refusal(ManagementSources sources) {
    ManagementSources.Keys keys = sources.keys();
    if (keys == null) {
      return KEYS_OFF;
    }
    if (!keys.governance().keys().hasStore()) {
      return STORE_OFF;
    }
    return sources.access().get().needsToken() ? null : NO_TOKENS;
  }

  /** What changes keys; null for a request that was refused. */
  private ManagementSources.@Nullable Keys permitted(HttpServerRequest request) {
    AccessGuard.Refusal refusal = refusal(sources);
    if (refusal != null) {
      Responses.error(request, refusal.status(), refusal.code(), refusal.message());
      return null;
    }
    return sources.keys();
  }

  static AuditRow.By by(HttpServerRequest request) {
    return new AuditRow.By(Operators.of(request), Operators.address(request));
  }

  /**
   * Which key or team is meant; null for a request that was refused.
   *
   * @param required whether the version must be said
   */
  @Nullable Which which(HttpServerRequest request, String id, boolean required) {
    String header = request.getHeader(HttpHeaders.IF_MATCH);
    if (header == null && !required) {
      return new Which(id, OptionalLong.empty());
    }
    String digits = header == null ? "" : header.replace("\"", "").strip();
    if (digits.matches(DIGITS)) {
      return new Which(id, OptionalLong.of(Long.parseLong(digits)));
    }
    Responses.error(
        request, 428, "precondition_required", "Send If-Match with the version that GET shows.");
    return null;
  }

  /** Work that makes a change. */
  private interface Work {
    Outcome run() throws SQLException;
  }

  private void make(HttpServerRequest request, String action, int status, Work work) {
    if (OtherReplicas.waitMillis(request) < 0) {
      Responses.error(request, 400, "invalid_value", "wait must be a time such as 5s, up to 60s.");
      return;
    }
    Future<Outcome> made = workers.call(work::run);
    made.onSuccess(outcome -> answer(request, action, status, outcome))
        .onFailure(failed -> failed(request, failed));
  }

  /** Answers a request whose work has failed. */
  static void failed(HttpServerRequest request, Throwable failed) {
    if (failed instanceof SQLException) {
      LOG.atWarn()
          .addKeyValue("event", "keys_not_changed")
          .addKeyValue("error", failed.toString())
          .log("the store cannot be reached for a request of an operator");
      Responses.error(
          request,
          503,
          "store_unavailable",
          "The store cannot be reached. A change may or may not have been made: look first.");
    } else {
      LOG.error("a request of an operator failed", failed);
      Responses.error(request, 500, "internal_error", "The gateway failed on this request.");
    }
  }

  private void answer(HttpServerRequest request, String action, int status, Outcome outcome) {
    long now = sources.ticker().unixMillis();
    switch (outcome) {
      case Outcome.Key made -> {
        Done done = new Done(action, made.key().keyId(), status, made.key().version());
        answer(
            request,
            done,
            json -> {
              String secret = made.secret();
              if (secret != null) {
                json.writeStringProperty("key", secret);
              }
              KeyJson.key(made.key(), now, json);
            });
      }
      case Outcome.Team made -> {
        String id = "team:" + made.team().rules().name();
        Done done = new Done(action, id, status, made.team().version());
        answer(request, done, json -> KeyJson.team(made.team(), json));
      }
      case Outcome.Removed removed -> {
        Done done = new Done(action, "team:" + removed.team(), status, removed.version());
        answer(
            request,
            done,
            json -> {
              json.writeStringProperty("id", done.object());
              json.writeBooleanProperty("removed", true);
              json.writeNumberProperty("version", removed.version());
            });
      }
      case Outcome.Credited made ->
          answer(
              request,
              new Done(action, made.subject(), status, made.version()),
              json -> credited(made, json));
      case Outcome.Imported made ->
          answer(
              request,
              new Done(action, "import", status, made.version()),
              json -> imported(made, json));
      case Outcome.Invalid invalid -> invalid(request, invalid);
      case Outcome.Refused refused -> {
        String code = refused.reason().code();
        AdminLog.tried(request, action, String.valueOf(request.path()), code);
        Responses.error(request, status(refused.reason()), code, refused.message());
      }
    }
  }

  private static void credited(Outcome.Credited made, JsonGenerator json) {
    json.writeStringProperty("subject", made.subject());
    json.writeStringProperty("period", made.period());
    json.writeNumberProperty("amount", UsageJson.dollars(made.nanodollars()));
    json.writeNumberProperty("version", made.version());
  }

  private static void imported(Outcome.Imported made, JsonGenerator json) {
    json.writeNumberProperty("keys", made.keys());
    json.writeNumberProperty("teams", made.teams());
    json.writeNumberProperty("version", made.version());
  }

  /** A change that was made. */
  private record Done(String action, String object, int status, long version) {}

  private void answer(HttpServerRequest request, Done done, Consumer<JsonGenerator> content) {
    AdminLog.tried(request, done.action, done.object, "done");
    request.response().putHeader(HttpHeaders.ETAG, "\"" + done.version + "\"");
    ManagementSources.Keys keys = sources.keys();
    long millis = OtherReplicas.waitMillis(request);
    if (keys == null || millis == 0) {
      Responses.json(request, done.status, content);
      return;
    }
    others.await(
        keys.governance(),
        done.version,
        millis,
        lagging -> {
          int status = lagging.isEmpty() ? done.status : ACCEPTED;
          Responses.json(
              request,
              status,
              json -> {
                content.accept(json);
                OtherReplicas.write(lagging, json);
              });
        });
  }

  private static void invalid(HttpServerRequest request, Outcome.Invalid invalid) {
    String message =
        invalid.problems().stream()
            .map(problem ->
                problem.path().isEmpty()
                    ? problem.message()
                    : problem.path() + ": " + problem.message())
            .collect(Collectors.joining("; "));
    Responses.json(
        request,
        400,
        json -> {
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("message", message);
          json.writeStringProperty("type", "invalid_request_error");
          json.writeStringProperty("code", "invalid_value");
          json.writeEndObject();
          ConfigPage.problems(json, invalid.problems());
        });
  }

  private static int status(Outcome.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> 404;
      case SOURCE_FILE, NAME_TAKEN, HASH_TAKEN, KEY_REVOKED, TEAM_IN_USE -> 409;
      case STALE_VERSION -> 412;
    };
  }
}
