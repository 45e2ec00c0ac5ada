package com.langdock.reliability.gateway.exchange;

import java.util.Map;

/**
 * An HTTP request to a provider; its body is sent once, never compared.
 *
 * @param method such as {@code POST}
 * @param path appended to the path of the provider's base URL, with its query if it has one; of one
 *     provider there are few different ones
 * @param headers beside those of every request to the provider, names in lower case
 */
public record Outgoing(String method, String path, Map<String, String> headers, byte[] body) {
  /** A POST without headers of its own. */
  public static Outgoing post(String path, byte[] body) {
    return new Outgoing("POST", path, Map.of(), body);
  }
}
