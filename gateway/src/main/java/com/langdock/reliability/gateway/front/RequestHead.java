package com.langdock.reliability.gateway.front;

import java.util.Map;

/**
 * The head of a request, as far as a front needs it.
 *
 * @param path without the query
 * @param headers those that begin with {@link Front#headerPrefix}, with names in lower case; the
 *     values of a repeated header are joined with commas
 */
public record RequestHead(String path, Map<String, String> headers) {}
