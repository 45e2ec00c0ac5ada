package com.langdock.reliability.mock.format;

import java.time.Instant;

/**
 * The id and the time of one answer.
 *
 * @param unique the stem of every id in the answer
 */
public record Stamp(String unique, Instant time) {}
