package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyText;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.json.JsonWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes keys and teams as the management API shows them: without secrets and their hashes. */
public final class KeyJson {
  private KeyJson() {}

  /** The fields of a stored key at {@code now}, in milliseconds since 1970. */
  public static void key(StoredKey key, long now, JsonGenerator json) {
    KeyRow.Life life = key.life();
    json.writeStringProperty("id", key.keyId());
    json.writeStringProperty("prefix", KeyText.CLIENT_KEY.shown(key.id()));
    json.writeStringProperty("name", key.name());
    json.writeStringProperty("source", "store");
    json.writeStringProperty("state", Labels.of(key.state(now)));
    text("team", key.holder().team(), json);
    text("owner", key.holder().owner(), json);
    RulesJson.key(key.rules(), json);
    moment("created_at", life.createdAt(), json);
    moment("expires_at", life.expiresAt() == ClientKey.NEVER ? 0 : life.expiresAt(), json);
    KeyHash old = key.secrets().old();
    boolean isOldValid = old != null && key.secrets().oldUntil() > now && !life.isRevoked();
    moment("old_key_until", isOldValid ? key.secrets().oldUntil() : 0, json);
    moment("revoked_at", life.revokedAt(), json);
    json.writeNumberProperty("version", key.version());
  }

  /** The fields of a key of the configuration. */
  public static void key(KeyConfig key, long now, JsonGenerator json) {
    json.writeStringProperty("id", StoredKey.PREFIX + key.name());
    json.writeNullProperty("prefix");
    json.writeStringProperty("name", key.name());
    json.writeStringProperty("source", "file");
    json.writeStringProperty("state", Labels.of(KeyMeters.state(key, now)));
    text("team", key.team(), json);
    json.writeNullProperty("owner");
    RulesJson.key(new KeyRules(key.rights(), key.priority(), key.limits(), key.metadata()), json);
    json.writeNullProperty("created_at");
    Instant expires = key.secret().expires();
    moment("expires_at", expires == null ? 0 : expires.toEpochMilli(), json);
    json.writeNullProperty("old_key_until");
    json.writeNullProperty("revoked_at");
    json.writeNullProperty("version");
  }

  /** The fields of a stored team. */
  public static void team(StoredTeam team, JsonGenerator json) {
    head(team.rules().name(), "store", json);
    RulesJson.team(team.rules(), json);
    moment("created_at", team.createdAt(), json);
    json.writeNumberProperty("version", team.version());
  }

  /** The fields of a team of the configuration. */
  public static void team(TeamConfig team, JsonGenerator json) {
    head(team.name(), "file", json);
    RulesJson.team(team, json);
    json.writeNullProperty("created_at");
    json.writeNullProperty("version");
  }

  private static void head(String name, String source, JsonGenerator json) {
    json.writeStringProperty("id", "team:" + name);
    json.writeStringProperty("name", name);
    json.writeStringProperty("source", source);
  }

  /** A key for the record of changes. */
  static String of(StoredKey key, long now) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      key(key, now, json);
      json.writeEndObject();
    });
  }

  /** A team for the record of changes. */
  static String of(StoredTeam team) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      team(team, json);
      json.writeEndObject();
    });
  }

  private static void text(String name, @Nullable String text, JsonGenerator json) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  /** A moment in milliseconds since 1970; null for zero. */
  public static void moment(String name, long millis, JsonGenerator json) {
    text(name, millis == 0 ? null : Instant.ofEpochMilli(millis).toString(), json);
  }
}
