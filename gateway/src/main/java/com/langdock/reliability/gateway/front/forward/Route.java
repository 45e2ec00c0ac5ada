package com.langdock.reliability.gateway.front.forward;

import java.util.Set;

/**
 * A path below which requests are passed on.
 *
 * @param path without a slash at its end
 * @param to what stands in its place at the provider
 * @param methods of the requests that are passed on
 * @param headers the names of further request headers that are passed on, in lower case
 * @param maxBody bytes of a body; 0 for as many as other requests may have
 */
public record Route(
    String path, String to, Set<String> methods, Set<String> headers, long maxBody) {
  /** Keeps immutable copies. */
  public Route {
    methods = Set.copyOf(methods);
    headers = Set.copyOf(headers);
  }

  /** Whether requests of {@code asked} are passed on. */
  boolean takes(String asked) {
    return asked.startsWith(path)
        && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
  }
}
