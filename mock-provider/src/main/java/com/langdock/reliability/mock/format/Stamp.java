package com.langdock.reliability.mock.format;

import java.time.Instant;

/**
 * What makes one answer different from all others.
 *
 * @param unique the stem of every id in the answer
 */
public record Stamp(String unique, Instant time) {}
