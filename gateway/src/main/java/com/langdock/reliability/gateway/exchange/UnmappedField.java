package com.langdock.reliability.gateway.exchange;

/**
 * A field of a client's request without a neutral type. Fields without an effect, such as a null or
 * a default, are not listed.
 *
 * @param path in the client's format
 * @param isRequired whether the request must be rejected if the field cannot be sent; otherwise the
 *     field is dropped and reported to the client
 */
public record UnmappedField(String path, boolean isRequired) {}
