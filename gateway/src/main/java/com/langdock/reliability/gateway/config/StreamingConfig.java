package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The settings of streams.
 *
 * @param heartbeatTimeout longest silence inside a stream
 * @param thinkingTimeout the same while the model thinks
 * @param keepAlive a comment is sent to the client after this time without other data
 * @param earlyHead the response's head is sent, with a comment, after this time without content
 * @param validateChunks whether each chunk is validated before it is passed on
 * @param onBreak what to do when a stream breaks after content reached the client
 */
public record StreamingConfig(
    Duration heartbeatTimeout,
    Duration thinkingTimeout,
    Duration keepAlive,
    Duration earlyHead,
    boolean validateChunks,
    OnBreak onBreak) {
  /** What to do with a broken stream. */
  public enum OnBreak {
    /** Another target continues from the delivered text. */
    CONTINUE,
    /** The stream ends in an error. */
    ERROR
  }

  static StreamingConfig from(Section section) {
    return new StreamingConfig(
        section.value("heartbeat_timeout").duration(Duration.ofSeconds(15)),
        section.value("thinking_timeout").duration(Duration.ofMinutes(5)),
        section.value("keep_alive").duration(Duration.ofSeconds(15)),
        section.value("early_head").duration(Duration.ofSeconds(20)),
        section.value("validate_chunks").flag(true),
        section.value("on_break").choice(OnBreak.class).orElse(OnBreak.CONTINUE));
  }
}
