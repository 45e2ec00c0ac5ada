package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Limits;

/**
 * The traits of a request that a session needs.
 *
 * @param stream whether the client asked for a stream
 * @param answer what the request asks of its answer
 * @param deadline by which the answer must be there; for a stream, its first content
 * @param streamDeadline by which a stream must have ended
 * @param isRepeatable whether it may be sent again after a provider may have carried it out
 * @param waitsForPauses whether it waits until a target is no longer paused
 */
public record RequestTraits(
    boolean stream,
    AnswerTraits answer,
    Deadline deadline,
    Deadline streamDeadline,
    boolean isRepeatable,
    boolean waitsForPauses) {
  /** The traits of a request that may be repeated and that waits. */
  public RequestTraits(
      boolean stream, AnswerTraits answer, Deadline deadline, Deadline streamDeadline) {
    this(stream, answer, deadline, streamDeadline, true, true);
  }

  /**
   * The limits of one attempt: relaxed for a model that thinks first, and for the last target left.
   */
  Limits relax(Limits limits, boolean reasoningModel, boolean canMoveOn) {
    boolean thinksFirst = answer.reasoning() || reasoningModel;
    if (thinksFirst && stream) {
      return limits.thinkingFirst();
    }
    return thinksFirst || !canMoveOn ? limits.withoutFirstContent() : limits;
  }
}
