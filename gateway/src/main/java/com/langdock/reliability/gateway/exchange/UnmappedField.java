package com.langdock.reliability.gateway.exchange;

/**
 * A field of a client's request that no neutral type exists for. Fields that ask for nothing, such
 * as a null or a default, are not listed.
 *
 * @param path in the client's own format
 * @param isRequired whether an answer without it would not be what the client asked for; otherwise
 *     the field may be left out, and the client is told
 */
public record UnmappedField(String path, boolean isRequired) {}
