package com.langdock.reliability.mock.format;

import java.util.Map;

/**
 * A chat request as received.
 *
 * @param query without its question mark; empty when there is none
 * @param headers names in lower case
 */
public record RawRequest(String path, String query, Map<String, String> headers, byte[] body) {}
