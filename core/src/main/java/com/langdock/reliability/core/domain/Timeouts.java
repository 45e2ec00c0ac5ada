package com.langdock.reliability.core.domain;

/**
 * The configured timeouts of one provider, in nanoseconds.
 *
 * @param connect until a connection stands
 * @param read until a stream's response head, and between two reads of a body that is no stream
 * @param answer until the response head of a whole answer, which comes when it is written
 * @param firstContent until a stream's first content, while another target is left
 * @param heartbeat between two reads of a stream after its first content
 * @param thinking the same while the model thinks
 */
public record Timeouts(
    long connect, long read, long answer, long firstContent, long heartbeat, long thinking) {

  /** The limits of one attempt. */
  public Limits limits(boolean stream) {
    return new Limits(connect, stream ? read : answer, read, firstContent, heartbeat, thinking);
  }
}
