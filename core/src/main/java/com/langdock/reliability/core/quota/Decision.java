package com.langdock.reliability.core.quota;

/**
 * What was decided about a request: it may begin and holds a reservation, it is refused, more of a
 * shared limit has to be drawn first, or a shared limit cannot be asked.
 */
public sealed interface Decision permits Reservation, Refusal, Shortage, Unavailable {}
