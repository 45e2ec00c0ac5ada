package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.keys.KeyDirectory;
import com.langdock.reliability.gateway.keys.KeyExport;
import com.langdock.reliability.gateway.keys.KeyJson;
import com.langdock.reliability.gateway.keys.KeyMeters;
import com.langdock.reliability.gateway.keys.KeyState;
import com.langdock.reliability.gateway.keys.StoredKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/keys}: the stored keys, the newest first, and then those of the configuration;
 * and {@code GET /api/keys/{id}}.
 */
final class KeysPage {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final Workers workers;
  private final ManagementSources sources;
  private final LimitsPage limits;

  KeysPage(Workers workers, ManagementSources sources, LimitsPage limits) {
    this.workers = workers;
    this.sources = sources;
    this.limits = limits;
  }

  /** A key of either source, as far as it is looked for. */
  private record Shown(
      String id,
      @Nullable String team,
      @Nullable String owner,
      KeyState state,
      BiConsumer<Long, JsonGenerator> fields) {
    static Shown of(StoredKey key, long now) {
      return new Shown(
          key.keyId(),
          key.holder().team(),
          key.holder().owner(),
          key.state(now),
          (at, json) -> KeyJson.key(key, at, json));
    }

    static Shown of(KeyConfig key, long now) {
      return new Shown(
          StoredKey.PREFIX + key.name(),
          key.team(),
          null,
          KeyMeters.state(key, now),
          (at, json) -> KeyJson.key(key, at, json));
    }
  }

  /** What is looked for; null where it does not matter. */
  private record Filter(
      @Nullable String team, @Nullable String owner, @Nullable String state, int limit) {
    boolean matches(Shown key) {
      return (team == null || team.equals(key.team))
          && (owner == null || owner.equals(key.owner))
          && (state == null || state.equals(Labels.of(key.state)));
    }
  }

  /** Some keys. */
  void list(HttpServerRequest request) {
    String format = request.getParam("format", "json");
    if (format.equals("yaml")) {
      export(request);
      return;
    }
    Integer limit = limit(request.getParam("limit"));
    String state = request.getParam("state");
    boolean isState =
        state == null || Stream.of(KeyState.values()).map(Labels::of).anyMatch(state::equals);
    if (limit == null || !isState) {
      Responses.error(
          request,
          400,
          "invalid_value",
          "limit must be from 1 to 500, and state active, off, expired or revoked.");
      return;
    }
    Filter filter = new Filter(request.getParam("team"), request.getParam("owner"), state, limit);
    String before = request.getParam("before");
    workers
        .submit(() -> Responses.object(json -> write(filter, before, json)))
        .onSuccess(body -> Responses.json(request, 200, body))
        .onFailure(failed -> ChangeCall.failed(request, failed));
  }

  private void export(HttpServerRequest request) {
    KeyDirectory keys = directory();
    if (keys == null) {
      Responses.error(request, 404, "client_keys_off", "There are no client keys.");
      return;
    }
    workers
        .submit(() -> Buffer.buffer(KeyExport.yaml(keys, sources.ticker().unixMillis())))
        .onSuccess(body -> Responses.ok(request, "application/yaml", body))
        .onFailure(failed -> ChangeCall.failed(request, failed));
  }

  /** The number in a parameter; null where it is out of bounds. */
  static @Nullable Integer limit(@Nullable String parameter) {
    if (parameter == null) {
      return USUAL;
    }
    int limit = parameter.matches("\\d{1,6}") ? Integer.parseInt(parameter) : 0;
    return limit < 1 || limit > MOST ? null : (Integer) limit;
  }

  private void write(Filter filter, @Nullable String before, JsonGenerator json) {
    long now = sources.ticker().unixMillis();
    List<Shown> page =
        all(now).stream()
            .dropWhile(key -> before != null && !key.id.equals(before))
            .skip(before == null ? 0 : 1)
            .filter(filter::matches)
            .limit(filter.limit + 1L)
            .toList();
    boolean hasMore = page.size() > filter.limit;
    json.writeArrayPropertyStart("keys");
    page.stream().limit(filter.limit).forEach(key -> write(key, now, json));
    json.writeEndArray();
    if (hasMore) {
      json.writeStringProperty("next_before", page.get(filter.limit - 1).id);
    } else {
      json.writeNullProperty("next_before");
    }
  }

  private List<Shown> all(long now) {
    KeyDirectory keys = directory();
    if (keys == null) {
      return List.of();
    }
    List<Shown> all = new ArrayList<>();
    keys.keys().stream()
        .sorted(
            Comparator.comparingLong((StoredKey key) -> key.life().createdAt())
                .reversed()
                .thenComparing(StoredKey::id))
        .forEach(key -> all.add(Shown.of(key, now)));
    keys.file().keys().stream()
        .sorted(Comparator.comparing(KeyConfig::name))
        .forEach(key -> all.add(Shown.of(key, now)));
    return all;
  }

  private @Nullable KeyDirectory directory() {
    ManagementSources.Keys keys = sources.keys();
    return keys == null ? null : keys.governance().keys();
  }

  private void write(Shown key, long now, JsonGenerator json) {
    json.writeStartObject();
    key.fields.accept(now, json);
    limits.of(Subject.key(key.id.substring(StoredKey.PREFIX.length())), json);
    json.writeEndObject();
  }

  /** One key. */
  void one(HttpServerRequest request, String id) {
    String bare = id.startsWith(StoredKey.PREFIX) ? id.substring(StoredKey.PREFIX.length()) : id;
    KeyDirectory keys = directory();
    long now = sources.ticker().unixMillis();
    Optional<StoredKey> stored = keys == null ? Optional.empty() : keys.key(bare);
    Optional<Shown> shown =
        stored
            .map(key -> Shown.of(key, now))
            .or(() ->
                keys == null
                    ? Optional.empty()
                    : keys.fileKey(bare).map(key -> Shown.of(key, now)));
    if (shown.isEmpty()) {
      Responses.error(request, 404, "not_found", "There is no key of that id.");
      return;
    }
    stored.ifPresent(
        key -> request.response().putHeader(HttpHeaders.ETAG, "\"" + key.version() + "\""));
    Shown key = shown.get();
    Responses.json(
        request,
        200,
        json -> {
          key.fields.accept(now, json);
          limits.of(Subject.key(bare), json);
        });
  }
}
