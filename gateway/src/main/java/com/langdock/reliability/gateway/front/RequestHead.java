package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.Caller;
import java.util.Map;

/**
 * The head of a request, as far as a front needs it.
 *
 * @param method in upper case
 * @param path without the query
 * @param query without the question mark; empty if there is none
 * @param headers those that begin with {@link Front#headerPrefixes}, with names in lower case; the
 *     values of a repeated header are joined with commas
 * @param caller who asks; anonymous until that is known
 */
public record RequestHead(
    String method, String path, String query, Map<String, String> headers, Caller caller) {
  /** The head of a POST without a key. */
  public RequestHead(String path, String query, Map<String, String> headers) {
    this("POST", path, query, headers, Caller.ANONYMOUS);
  }
}
