package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The time limits, for all providers or for one.
 *
 * @param connect until a connection stands
 * @param read longest silence before a stream's head, and inside a body that is no stream
 * @param answer longest wait for the head of a whole answer, which comes when it is written
 * @param firstToken until a stream's first content, while another target is left
 * @param total the request's deadline; for a stream, until its first content
 * @param streamTotal longest stream
 */
public record TimeoutConfig(
    Duration connect,
    Duration read,
    Duration answer,
    Duration firstToken,
    Duration total,
    Duration streamTotal) {
  static final TimeoutConfig DEFAULTS =
      new TimeoutConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10));

  static TimeoutConfig from(Section section, TimeoutConfig defaults) {
    Duration read = section.value("read").duration(defaults.read);
    // Older files have no `answer`; their `read` limits answers as well.
    Duration answer = section.has("read") ? read : defaults.answer;
    TimeoutConfig config =
        new TimeoutConfig(
            section.value("connect").duration(defaults.connect),
            read,
            section.value("answer").duration(answer),
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
