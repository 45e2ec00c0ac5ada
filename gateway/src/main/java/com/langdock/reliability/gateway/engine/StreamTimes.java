package com.langdock.reliability.gateway.engine;

/**
 * When the client of a stream is told that it lives, in nanoseconds.
 *
 * @param keepAlive after so long without a write a comment is sent
 * @param earlyHead after so long without content the head is sent, with a comment
 */
public record StreamTimes(long keepAlive, long earlyHead) {}
