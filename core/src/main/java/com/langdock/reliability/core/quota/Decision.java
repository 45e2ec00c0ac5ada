package com.langdock.reliability.core.quota;

/** What was decided about a request: it may begin and holds a reservation, or it is refused. */
public sealed interface Decision permits Reservation, Refusal {}
