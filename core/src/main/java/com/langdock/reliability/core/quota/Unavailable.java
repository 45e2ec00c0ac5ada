package com.langdock.reliability.core.quota;

/**
 * A limit that replicas share cannot be asked, and its part in hand does not suffice.
 *
 * @param subject whose limit it is
 */
public record Unavailable(Subject subject) implements Decision {}
