package com.langdock.reliability.gateway;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.access.ManagementConfig;
import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.gateway.management.AdminToken;
import com.langdock.reliability.gateway.management.ManagementAccess;
import java.util.HashMap;
import java.util.Map;

/** Makes the access to the management port from the configuration. */
final class ManagementTokens {
  private ManagementTokens() {}

  /** Who may use it. */
  static ManagementAccess access(GatewayConfig config) {
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
        config.observability().allowedHosts());
  }
}
