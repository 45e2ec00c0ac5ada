package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How a request that cannot be translated is sent to a target.
 *
 * @param method such as {@code POST}
 * @param path appended to the path of the provider's base URL; may have a query
 * @param headers in addition to those of every request to the provider, with names in lower case
 * @param body the body for a target that calls the model by a name, without the gateway's own
 *     fields
 */
public record Forwarding(
    String method, String path, Map<String, String> headers, Function<String, byte[]> body) {
  private static final Set<String> NOT_IDEMPOTENT = Set.of("POST", "PATCH");

  /** A POST of JSON. */
  public static Forwarding json(String path, Function<String, byte[]> body) {
    return new Forwarding("POST", path, Map.of(), body);
  }

  /** A POST of a body of another type. */
  public static Forwarding post(String path, String contentType, Function<String, byte[]> body) {
    return new Forwarding("POST", path, Map.of("content-type", contentType), body);
  }

  /** Whether sending it twice has the effect of sending it once. */
  boolean isIdempotent() {
    return !NOT_IDEMPOTENT.contains(method);
  }
}
