package com.langdock.reliability.core.domain;

/**
 * How long an attempt may take, in nanoseconds.
 *
 * @param connect until the connection stands
 * @param headers until the response's head
 * @param body between two reads of a body that is no stream, or of a stream before its content
 * @param firstContent until a stream's first content; {@link #NEVER} where only the deadline counts
 * @param heartbeat between two reads of a stream after its first content
 * @param thinking the same while the model thinks
 */
public record Limits(
    long connect, long headers, long body, long firstContent, long heartbeat, long thinking) {
  /** A limit that does not apply. */
  public static final long NEVER = Long.MAX_VALUE;

  /** These limits for a stream whose model thinks before its first content. */
  public Limits thinkingFirst() {
    return new Limits(connect, headers, thinking, NEVER, heartbeat, thinking);
  }

  /** These limits without {@link #firstContent}. */
  public Limits withoutFirstContent() {
    return new Limits(connect, headers, body, NEVER, heartbeat, thinking);
  }
}
