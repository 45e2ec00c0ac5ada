package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.yaml.Section;
import java.time.Duration;

/**
 * How long things may take, for all providers or for one.
 *
 * @param connect until a connection stands
 * @param read longest silence before an answer's head, and inside a body that is no stream
 * @param firstToken until a stream's first content, while another target is left
 * @param total the request's deadline; for a stream, until its first content
 * @param streamTotal longest stream
 */
public record TimeoutConfig(
    Duration connect, Duration read, Duration firstToken, Duration total, Duration streamTotal) {
  static final TimeoutConfig DEFAULTS =
      new TimeoutConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10));

  static TimeoutConfig from(Section section, TimeoutConfig defaults) {
    TimeoutConfig config =
        new TimeoutConfig(
            section.value("connect").duration(defaults.connect),
            section.value("read").duration(defaults.read),
            section.value("first_token").duration(defaults.firstToken),
            section.value("total").duration(defaults.total),
            section.value("stream_total").duration(defaults.streamTotal));
    boolean touched = section.has("total") || section.has("stream_total");
    if (touched && config.streamTotal.compareTo(config.total) < 0) {
      section.place("stream_total").reject("must not be shorter than total");
    }
    return config;
  }
}
