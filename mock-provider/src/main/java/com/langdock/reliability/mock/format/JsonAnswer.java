package com.langdock.reliability.mock.format;

/** A status with its body, as JSON. */
public record JsonAnswer(int status, String body) {}
