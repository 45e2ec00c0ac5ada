package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.KeyDirectory;
import com.langdock.reliability.gateway.keys.KeyJson;
import com.langdock.reliability.gateway.keys.StoredKey;
import com.langdock.reliability.gateway.keys.StoredTeam;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/teams}: all teams by name; and {@code GET /api/teams/{name}}. */
final class TeamsPage {
  private static final String PREFIX = "team:";

  private final Workers workers;
  private final ManagementSources sources;
  private final LimitsPage limits;

  TeamsPage(Workers workers, ManagementSources sources, LimitsPage limits) {
    this.workers = workers;
    this.sources = sources;
    this.limits = limits;
  }

  /** A team of either source. */
  private record Shown(String name, long version, Consumer<JsonGenerator> fields) {
    static Shown of(StoredTeam team) {
      return new Shown(team.rules().name(), team.version(), json -> KeyJson.team(team, json));
    }

    static Shown of(TeamConfig team) {
      return new Shown(team.name(), 0, json -> KeyJson.team(team, json));
    }
  }

  /** Some teams, in the order of their names. */
  void list(HttpServerRequest request) {
    Integer limit = KeysPage.limit(request.getParam("limit"));
    if (limit == null) {
      Responses.error(request, 400, "invalid_value", "limit must be from 1 to 500.");
      return;
    }
    String before = request.getParam("before");
    workers
        .submit(() -> Responses.object(json -> write(before, limit, json)))
        .onSuccess(body -> Responses.json(request, 200, body))
        .onFailure(failed -> ChangeCall.failed(request, failed));
  }

  private void write(@Nullable String before, int limit, JsonGenerator json) {
    Map<String, Long> keys = keysByTeam();
    List<Shown> page =
        all().stream()
            .filter(team -> before == null || team.name.compareTo(bare(before)) > 0)
            .limit(limit + 1L)
            .toList();
    json.writeArrayPropertyStart("teams");
    for (Shown team : page.subList(0, Math.min(limit, page.size()))) {
      json.writeStartObject();
      write(team, keys, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (page.size() > limit) {
      json.writeStringProperty("next_before", PREFIX + page.get(limit - 1).name);
    } else {
      json.writeNullProperty("next_before");
    }
  }

  private void write(Shown team, Map<String, Long> keys, JsonGenerator json) {
    team.fields.accept(json);
    json.writeNumberProperty("keys", keys.getOrDefault(team.name, 0L));
    limits.of(Subject.team(team.name), json);
  }

  private List<Shown> all() {
    KeyDirectory keys = directory();
    if (keys == null) {
      return List.of();
    }
    Map<String, Shown> all = new HashMap<>();
    keys.teams().forEach(team -> all.put(team.rules().name(), Shown.of(team)));
    keys.file().teams().forEach(team -> all.put(team.name(), Shown.of(team)));
    List<Shown> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(Shown::name));
    return sorted;
  }

  /** How many keys that are not revoked each team has. */
  private Map<String, Long> keysByTeam() {
    Map<String, Long> counts = new HashMap<>();
    KeyDirectory keys = directory();
    if (keys != null) {
      for (StoredKey key : keys.keys()) {
        count(key.life().isRevoked() ? null : key.holder().team(), counts);
      }
      keys.file().keys().forEach(key -> count(key.team(), counts));
    }
    return counts;
  }

  private static void count(@Nullable String team, Map<String, Long> counts) {
    if (team != null) {
      counts.merge(team, 1L, Long::sum);
    }
  }

  private @Nullable KeyDirectory directory() {
    ManagementSources.Keys keys = sources.keys();
    return keys == null ? null : keys.governance().keys();
  }

  private static String bare(String id) {
    return id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
  }

  /** One team. */
  void one(HttpServerRequest request, String id) {
    Optional<Shown> team = all().stream().filter(one -> one.name.equals(bare(id))).findFirst();
    if (team.isEmpty()) {
      Responses.error(request, 404, "not_found", "There is no team of that name.");
      return;
    }
    if (team.get().version > 0) {
      request.response().putHeader(HttpHeaders.ETAG, "\"" + team.get().version + "\"");
    }
    Responses.json(request, 200, json -> write(team.get(), keysByTeam(), json));
  }
}
