package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.yaml.Section;
import java.util.Set;

/**
 * Logs, and the management port.
 *
 * @param metricsPort the management port; 0 takes a free one
 * @param host where it listens
 */
public record ObservabilityConfig(LogLevel logLevel, int metricsPort, String host) {
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");

  /** The least that is logged. */
  public enum LogLevel {
    /** Everything. */
    DEBUG,
    /** What a request meets. */
    INFO,
    /** What somebody should look at. */
    WARN,
    /** What went wrong. */
    ERROR
  }

  static ObservabilityConfig from(Section section, ServerConfig server) {
    ObservabilityConfig config =
        new ObservabilityConfig(
            section.value("log_level").choice(LogLevel.class).orElse(LogLevel.INFO),
            section.value("metrics_port").integer(9090, 0, ServerConfig.MAX_PORT),
            section.value("host").text().orElse("127.0.0.1"));
    if (config.meets(server)) {
      section.place("metrics_port").reject("must not be server.port on the same address");
    }
    return config;
  }

  private boolean meets(ServerConfig server) {
    boolean sameAddress =
        host.equals(server.host())
            || ALL_ADDRESSES.contains(host)
            || ALL_ADDRESSES.contains(server.host());
    return sameAddress && metricsPort != 0 && metricsPort == server.port();
  }
}
