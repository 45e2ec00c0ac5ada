package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The WebSockets of the data port.
 *
 * @param enabled whether there are any
 * @param maxAge after which one begins no other request
 * @param idleTimeout how long one may be without a request
 */
public record WebSocketConfig(boolean enabled, Duration maxAge, Duration idleTimeout) {
  static WebSocketConfig from(Section section) {
    return new WebSocketConfig(
        section.value("enabled").flag(true),
        section.value("max_age").duration(Duration.ofMinutes(60)),
        section.value("idle_timeout").duration(Duration.ofMinutes(10)));
  }
}
