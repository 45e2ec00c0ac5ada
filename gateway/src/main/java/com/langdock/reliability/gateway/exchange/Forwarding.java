package com.langdock.reliability.gateway.exchange;

import java.util.function.Function;

/**
 * How a request that cannot be translated is sent to a target that speaks its format.
 *
 * @param path appended to the path of the provider's base URL
 * @param contentType of the body
 * @param body the body for a target that calls the model by a name, without the gateway's own
 *     fields
 */
public record Forwarding(String path, String contentType, Function<String, byte[]> body) {}
