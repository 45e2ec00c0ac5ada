package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Timeouts;
import com.langdock.reliability.core.resilience.Backoff;
import java.util.function.Function;

/**
 * The configured rules of every session.
 *
 * @param maxAttempts attempts in all for one request, the first included
 * @param backoff the waits before repeating a target
 * @param maxRetryAfterNanos the longest Retry-After that is waited for
 * @param continueStreams whether a stream that breaks after its first content is continued at
 *     another target
 * @param timeouts of the provider of a target
 * @param models the facts of models
 */
public record SessionPolicy(
    int maxAttempts,
    Backoff backoff,
    long maxRetryAfterNanos,
    boolean continueStreams,
    Function<Target, Timeouts> timeouts,
    ModelCatalog models) {}
