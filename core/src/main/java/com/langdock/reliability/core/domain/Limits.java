package com.langdock.reliability.core.domain;

/**
 * How long an attempt may take, in nanoseconds.
 *
 * @param connect until the connection stands
 * @param silence until the response's head, and between two reads of a body
 * @param firstContent until a stream's first content; {@link #NEVER} where only the deadline counts
 * @param heartbeat between two reads of a stream after its first content
 */
public record Limits(long connect, long silence, long firstContent, long heartbeat) {
  /** A limit that does not apply. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The same without the clock for the first content. */
  public Limits withoutFirstContent() {
    return new Limits(connect, silence, NEVER, heartbeat);
  }
}
