package com.langdock.reliability.gateway.front;

import java.util.Map;

/**
 * The head of a request, as far as a front needs it.
 *
 * @param method in upper case
 * @param path without the query
 * @param query without the question mark; empty if there is none
 * @param headers those that begin with {@link Front#headerPrefixes}, with names in lower case; the
 *     values of a repeated header are joined with commas
 */
public record RequestHead(String method, String path, String query, Map<String, String> headers) {
  /** The head of a POST, as most requests are. */
  public RequestHead(String path, String query, Map<String, String> headers) {
    this("POST", path, query, headers);
  }
}
