package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Target;
import org.jspecify.annotations.Nullable;

/**
 * An event in the course of a request.
 *
 * @param atMicros from the request's start
 * @param kind such as {@code wait}
 * @param attempt the attempt's number, null when it is about none
 * @param target null when it is about none
 * @param waitMicros the planned length of a wait, null for anything else
 * @param text for people
 */
record TimelineEntry(
    long atMicros,
    String kind,
    @Nullable Integer attempt,
    @Nullable Target target,
    @Nullable Long waitMicros,
    String text) {}
