package com.langdock.reliability.gateway.exchange;

/**
 * A value of a client's request, and the field that the client gave it in. Errors and the headers
 * about changed fields name that field.
 *
 * @param path in the client's own format, such as {@code tools[0].parameters}
 */
public record Field<T>(String path, T value) {}
