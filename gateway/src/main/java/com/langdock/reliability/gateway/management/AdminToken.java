package com.langdock.reliability.gateway.management;

/**
 * Somebody who uses the management port.
 *
 * @param name of the token, for the log
 * @param mayChange whether it may do more than read
 */
public record AdminToken(String name, boolean mayChange) {}
