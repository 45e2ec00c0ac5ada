package com.langdock.reliability.gateway.credentials;

import java.util.Map;

/**
 * A token of OAuth 2.0 that is sent with each request.
 *
 * @param headers that belong to it, such as the project that pays; names in lower case
 */
public record AccessToken(String value, Map<String, String> headers) {
  /** Copies the headers. */
  public AccessToken {
    headers = Map.copyOf(headers);
  }

  /** A token alone. */
  public AccessToken(String value) {
    this(value, Map.of());
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return "AccessToken";
  }
}
