package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.yaml.Section;
import java.time.Duration;

/**
 * How streams are watched.
 *
 * @param heartbeatTimeout longest silence inside a stream
 * @param validateChunks whether each chunk is looked at before it goes on
 * @param onBreak what to do when a stream breaks after content reached the client
 */
public record StreamingConfig(Duration heartbeatTimeout, boolean validateChunks, OnBreak onBreak) {
  /** What a broken stream becomes. */
  public enum OnBreak {
    /** Another target goes on from the text already delivered. */
    CONTINUE,
    /** The stream ends in an error. */
    ERROR
  }

  static StreamingConfig from(Section section) {
    return new StreamingConfig(
        section.value("heartbeat_timeout").duration(Duration.ofSeconds(15)),
        section.value("validate_chunks").flag(true),
        section.value("on_break").choice(OnBreak.class).orElse(OnBreak.CONTINUE));
  }
}
