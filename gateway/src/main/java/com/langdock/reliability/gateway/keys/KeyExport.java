package com.langdock.reliability.gateway.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.MalformedJsonException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the keys and teams of the store as lines for the configuration file, with the hashes of
 * the keys and without secrets. A line of JSON is a line of YAML.
 */
public final class KeyExport {
  private KeyExport() {}

  /** The text; keys that do not work at {@code now} are left out. */
  public static String yaml(KeyDirectory keys, long now) {
    List<StoredKey> all =
        keys.keys().stream()
            .filter(key -> !key.life().isRevoked())
            .sorted(Comparator.comparing(StoredKey::name))
            .toList();
    List<StoredKey> active = all.stream().filter(key -> key.state(now) == KeyState.ACTIVE).toList();
    StringBuilder text = new StringBuilder("# Keys and teams of the store, without secrets.\n");
    if (active.size() < all.size()) {
      text.append("# Left out: ")
          .append(all.size() - active.size())
          .append(" keys that are off or have expired.\n");
    }
    List<StoredTeam> teams =
        keys.teams().stream().sorted(Comparator.comparing(team -> team.rules().name())).toList();
    text.append(teams.isEmpty() ? "teams: []\n" : "teams:\n");
    for (StoredTeam team : teams) {
      text.append("  - {\"name\": ").append(JsonText.quote(team.rules().name()));
      fields(RulesJson.of(team.rules()), text);
    }
    text.append("client_keys:\n").append(active.isEmpty() ? "  keys: []\n" : "  keys:\n");
    active.forEach(key -> key(key, text));
    return text.toString();
  }

  private static void key(StoredKey key, StringBuilder text) {
    text.append("    - {\"name\": ").append(JsonText.quote(key.name()));
    text.append(", \"hash\": \"").append(key.secrets().hash().text()).append('"');
    String team = key.holder().team();
    if (team != null) {
      text.append(", \"team\": ").append(JsonText.quote(team));
    }
    if (key.life().expiresAt() != ClientKey.NEVER) {
      text.append(", \"expires\": \"")
          .append(Instant.ofEpochMilli(key.life().expiresAt()))
          .append('"');
    }
    fields(RulesJson.of(key.rules()), text);
  }

  /** The fields that say something; the rest is as if it were absent. */
  private static void fields(String rules, StringBuilder text) {
    try {
      for (JsonValue.Member member : JsonValue.parse(rules.getBytes(UTF_8)).members()) {
        JsonValue value = member.value();
        boolean isEmpty = value.kind() == JsonValue.Kind.OBJECT && value.isEmpty();
        if (!value.isNull() && !isEmpty) {
          text.append(", ").append(JsonText.quote(member.name())).append(": ");
          text.append(value.raw().replace("${", "$${"));
        }
      }
    } catch (MalformedJsonException impossible) {
      throw new IllegalStateException(impossible);
    }
    text.append("}\n");
  }
}
