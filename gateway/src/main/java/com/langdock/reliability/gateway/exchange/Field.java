package com.langdock.reliability.gateway.exchange;

/**
 * A value from a client's request together with the path of its field. Errors and the headers about
 * dropped or adjusted fields contain the path.
 *
 * @param path in the client's own format, such as {@code tools[0].parameters}
 */
public record Field<T>(String path, T value) {}
