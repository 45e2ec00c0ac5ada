package com.langdock.reliability.gateway;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.gateway.access.ClientKeyRings;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.ManagementConfig;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.gateway.management.AdminToken;
import com.langdock.reliability.gateway.management.ManagementAccess;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes who may use the two ports from the configuration. */
final class AccessParts {
  private static final String PREFIX = "key:";

  private AccessParts() {}

  /** The keys of {@code access} and {@code stored}; null where no request needs a key. */
  static @Nullable ClientKeyRings keys(AccessConfig access, StoredKeys stored) {
    return access.clientKeys() == null ? null : new ClientKeyRings(ring(access), stored);
  }

  private static KeyRing<ClientKey> ring(AccessConfig access) {
    Map<String, Rights> teams =
        access.teams().stream().collect(Collectors.toMap(TeamConfig::name, TeamConfig::rights));
    Map<Rights, Rights> known = new HashMap<>();
    Map<KeyHash, ClientKey> keys = new HashMap<>();
    for (KeyConfig key : access.keys()) {
      Rights ofTeam = key.team() == null ? Rights.ALL : teams.getOrDefault(key.team(), Rights.ALL);
      Rights both = key.rights().and(ofTeam);
      Rights rights = known.computeIfAbsent(both, same -> same);
      keys.put(key.secret().hash(), clientKey(key, rights));
    }
    return KeyRing.of(keys);
  }

  private static ClientKey clientKey(KeyConfig key, Rights rights) {
    Instant expires = key.secret().expires();
    return new ClientKey(
        PREFIX + key.name(),
        key.name(),
        key.team(),
        rights,
        key.priority(),
        expires == null ? ClientKey.NEVER : expires.toEpochMilli(),
        key.metadata());
  }

  /** Who may use the management port. */
  static ManagementAccess management(GatewayConfig config) {
    Map<KeyHash, AdminToken> tokens = new HashMap<>();
    config
        .management()
        .tokens()
        .forEach(token ->
            tokens.put(
                token.hash(),
                new AdminToken(token.name(), token.role() == ManagementConfig.Role.ADMIN)));
    Credential only = config.observability().adminToken();
    if (only != null) {
      tokens.put(KeyHash.of(only.reveal()), new AdminToken("admin_token", true));
    }
    return new ManagementAccess(
        config.observability().isLocal(),
        KeyRing.of(tokens),
        config.management().openMetrics(),
        config.observability().allowedHosts(),
        config.server().connections().proxies());
  }
}
