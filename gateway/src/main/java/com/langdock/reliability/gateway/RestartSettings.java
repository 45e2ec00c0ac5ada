package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.GatewayConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that are read once, at the start. */
final class RestartSettings {
  private static final Map<String, Function<GatewayConfig, @Nullable Object>> ALL =
      new LinkedHashMap<>();

  static {
    ALL.put("server.host", config -> config.server().host());
    ALL.put("server.port", config -> config.server().port());
    ALL.put("server.max_connections", config -> config.server().capacity().connections());
    ALL.put("server.transport", config -> config.server().connections().transport());
    ALL.put("server.tls", config -> config.server().connections().tls() != null);
    ALL.put("management.tls", config -> config.management().tls() != null);
    ALL.put("store.url", config -> config.journal().store());
    ALL.put("journal.durability", config -> config.journal().durability());
    ALL.put("journal.max_size", config -> config.journal().maxSize());
    ALL.put("journal.keep", config -> config.journal().keep());
    ALL.put("observability.host", config -> config.observability().host());
    ALL.put("observability.metrics_port", config -> config.observability().metricsPort());
    ALL.put("shared", GatewayConfig::shared);
    ALL.put("client_keys", config -> config.access().clientKeys() != null);
  }

  private RestartSettings() {}

  /** The settings that need a restart and differ, named in a sentence; empty if there are none. */
  static Optional<String> problem(GatewayConfig running, GatewayConfig next) {
    String changed =
        ALL.entrySet().stream()
            .filter(setting ->
                !Objects.equals(setting.getValue().apply(running), setting.getValue().apply(next)))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return changed.isEmpty() ? Optional.empty() : Optional.of("needs a restart: " + changed);
  }

  /**
   * Refuses a configuration that differs from the running one in what needs a restart.
   *
   * @throws IllegalArgumentException whose message names every such setting
   */
  static void check(GatewayConfig running, GatewayConfig next) {
    problem(running, next)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }
}
