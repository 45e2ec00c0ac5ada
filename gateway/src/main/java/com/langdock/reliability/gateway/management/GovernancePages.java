package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.keys.KeyChanges.Which;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/keys}, {@code /api/teams}, {@code /api/credits} and {@code /api/audit}. */
final class GovernancePages {
  private static final Pattern ONE = Pattern.compile("/api/(keys|teams)/([^/]+)");
  private static final Pattern ROTATE = Pattern.compile("/api/keys/([^/]+)/rotate");
  private static final String ENCODED_COLON = "(?i)%3a";

  private final Workers workers;
  private final ChangeCall call;
  private final KeysPage keys;
  private final TeamsPage teams;
  private final Map<String, Route> pages;

  GovernancePages(Vertx vertx, ManagementSources sources) {
    workers = new Workers(vertx, "governance");
    call = new ChangeCall(vertx, workers, sources);
    LimitsPage limits = new LimitsPage(sources.limits());
    keys = new KeysPage(workers, sources, limits);
    teams = new TeamsPage(workers, sources, limits);
    AuditPage audit = new AuditPage(workers, sources.keys());
    pages =
        Map.of(
            "/api/keys",
            Route.of(keys::list).and("POST", this::createKey),
            "/api/keys/import",
            Route.posting(this::take),
            "/api/credits",
            Route.posting(this::credit),
            "/api/teams",
            Route.of(teams::list).and("POST", this::createTeam),
            "/api/audit",
            Route.of(audit::list));
  }

  /** The route of a path, null when the path is none of these. */
  @Nullable Route page(String path) {
    Route page = pages.get(path);
    if (page != null) {
      return page;
    }
    Matcher rotate = ROTATE.matcher(path);
    if (rotate.matches()) {
      return Route.posting(request -> rotate(request, id(rotate.group(1))));
    }
    Matcher one = ONE.matcher(path);
    if (!one.matches()) {
      return null;
    }
    String id = id(one.group(2));
    return one.group(1).equals("keys")
        ? Route.of(request -> keys.one(request, id))
            .and("PATCH", request -> changeKey(request, id))
            .and("DELETE", request -> revoke(request, id))
        : Route.of(request -> teams.one(request, id))
            .and("PATCH", request -> changeTeam(request, id))
            .and("DELETE", request -> removeTeam(request, id));
  }

  private static String id(String inPath) {
    return inPath.replaceAll(ENCODED_COLON, ":");
  }

  private void createKey(HttpServerRequest request) {
    call.withBody(request, "create_key", 201, (with, by, body) -> with.changes().create(by, body));
  }

  private void createTeam(HttpServerRequest request) {
    call.withBody(request, "create_team", 201, (with, by, body) -> with.teams().create(by, body));
  }

  private void credit(HttpServerRequest request) {
    call.withBody(request, "add_credit", 201, (with, by, body) -> with.others().credit(by, body));
  }

  private void take(HttpServerRequest request) {
    call.withText(request, "import_keys", 201, (with, by, text) -> with.others().take(by, text));
  }

  private void changeKey(HttpServerRequest request, String id) {
    Which which = call.which(request, id, true);
    if (which != null) {
      call.withBody(
          request, "change_key", 200, (with, by, body) -> with.changes().change(by, which, body));
    }
  }

  private void changeTeam(HttpServerRequest request, String id) {
    Which which = call.which(request, id, true);
    if (which != null) {
      call.withBody(
          request, "change_team", 200, (with, by, body) -> with.teams().change(by, which, body));
    }
  }

  private void rotate(HttpServerRequest request, String id) {
    Which which = call.which(request, id, false);
    if (which != null) {
      call.withBody(
          request, "rotate_key", 200, (with, by, body) -> with.changes().rotate(by, which, body));
    }
  }

  private void revoke(HttpServerRequest request, String id) {
    String running = request.getParam("running", "cut");
    boolean cuts = running.equals("cut");
    if (!cuts && !running.equals("finish")) {
      Responses.error(request, 400, "invalid_value", "running must be cut or finish.");
      return;
    }
    Which which = call.which(request, id, false);
    if (which != null) {
      call.withoutBody(request, "revoke_key", (with, by) -> with.changes().revoke(by, which, cuts));
    }
  }

  private void removeTeam(HttpServerRequest request, String id) {
    Which which = call.which(request, id, false);
    if (which != null) {
      call.withoutBody(request, "remove_team", (with, by) -> with.teams().remove(by, which));
    }
  }

  /** Ends its threads. */
  Future<Void> close() {
    return workers.close();
  }
}
