package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.yaml.Hosts;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs, and the management port.
 *
 * @param metricsPort the management port; 0 takes a free one
 * @param host where it listens
 * @param adminToken the token required for lists and changes, or null
 * @param allowedHosts further names accepted in a {@code Host} header, in lower case
 */
public record ObservabilityConfig(
    LogLevel logLevel,
    int metricsPort,
    String host,
    @Nullable Credential adminToken,
    Set<String> allowedHosts) {
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");
  private static final Predicate<String> TOKEN =
      Pattern.compile("[\\x21-\\x7e]{16,512}").asMatchPredicate();

  /** The lowest level that is logged. */
  public enum LogLevel {
    /** Everything. */
    DEBUG,
    /** Events of requests. */
    INFO,
    /** Warnings. */
    WARN,
    /** Errors. */
    ERROR
  }

  /** Keeps an immutable copy. */
  public ObservabilityConfig {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Whether only this machine can reach the management port. */
  public boolean isLocal() {
    return LocalHost.is(host);
  }

  /**
   * Reads the section.
   *
   * @param tokens whether the management port has tokens
   */
  static ObservabilityConfig from(Section section, ServerConfig server, boolean tokens) {
    ObservabilityConfig config =
        new ObservabilityConfig(
            section.value("log_level").choice(LogLevel.class).orElse(LogLevel.INFO),
            section.value("metrics_port").integer(9090, 0, ServerConfig.MAX_PORT),
            section.value("host").host().orElse("127.0.0.1"),
            adminToken(section),
            allowedHosts(section));
    if (config.meets(server)) {
      section.place("metrics_port").reject("must not be server.port on the same address");
    }
    if (config.adminToken == null && !tokens && !config.isLocal()) {
      section
          .place("host")
          .reject(
              "lets other machines reach the management port, which needs management.tokens;"
                  + " bin/gateway key --admin makes one");
    }
    return config;
  }

  private static @Nullable Credential adminToken(Section section) {
    Optional<String> token = section.value("admin_token").secret();
    if (token.isPresent() && !TOKEN.test(token.get())) {
      section.place("admin_token").reject("must be 16 to 512 letters, digits and signs");
    }
    return token.map(Credential::new).orElse(null);
  }

  private static Set<String> allowedHosts(Section section) {
    Set<String> names = new LinkedHashSet<>();
    for (Item name : section.texts("allowed_hosts")) {
      if (Hosts.isHost(name.value())) {
        names.add(name.value().toLowerCase(Locale.ROOT));
      } else {
        name.place().reject("must be a host name, without a port");
      }
    }
    return names;
  }

  private boolean meets(ServerConfig server) {
    boolean sameAddress =
        host.equals(server.host())
            || ALL_ADDRESSES.contains(host)
            || ALL_ADDRESSES.contains(server.host());
    return sameAddress && metricsPort != 0 && metricsPort == server.port();
  }
}
