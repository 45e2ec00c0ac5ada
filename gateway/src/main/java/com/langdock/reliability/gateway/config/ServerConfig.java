package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The data port.
 *
 * @param port 0 chooses a free one
 * @param maxBody bytes of a request's body
 * @param lameDuck how long requests are still accepted after a signal to stop, while health checks
 *     fail
 * @param drainTimeout how long requests in flight may continue after a signal to stop
 * @param allowAnonymous whether clients from other machines need no key
 * @param maxConnections of clients at once; 0 is half of the process's file descriptors
 */
public record ServerConfig(
    String host,
    int port,
    long maxBody,
    Duration lameDuck,
    Duration drainTimeout,
    boolean allowAnonymous,
    int maxConnections) {
  static final int MAX_PORT = 65_535;
  private static final int MAX_CONNECTIONS = 1_000_000;

  static ServerConfig from(Section section) {
    return new ServerConfig(
        section.value("host").host().orElse("0.0.0.0"),
        section.value("port").integer(8080, 0, MAX_PORT),
        section.value("max_body").size(32L << 20),
        section.value("lame_duck").durationOrZero(Duration.ofSeconds(5)),
        section.value("drain_timeout").durationOrZero(Duration.ofSeconds(30)),
        section.value("allow_anonymous").flag(false),
        section.value("max_connections").integer(0, 0, MAX_CONNECTIONS));
  }
}
