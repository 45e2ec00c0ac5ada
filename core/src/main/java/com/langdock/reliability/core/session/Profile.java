package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Deadline;

/**
 * What a session must know of its request.
 *
 * @param stream whether the client asked for a stream
 * @param reasoning whether the request makes the model think first, so that content comes late
 * @param answer what the request asks of its answer
 * @param deadline by which the answer must be there; for a stream, its first content
 * @param streamDeadline by which a stream must have ended
 */
public record Profile(
    boolean stream,
    boolean reasoning,
    AnswerTraits answer,
    Deadline deadline,
    Deadline streamDeadline) {}
