package com.langdock.reliability.core.domain;

import org.jspecify.annotations.Nullable;

/**
 * A provider's error response: the HTTP status and the fields of its body.
 *
 * <p>The message may quote the request or name a credential, so it is never logged; only {@link
 * Failure.RequestRejected} and its like, where the request itself is at fault, pass it on.
 *
 * @param status the HTTP status, 200 for an error inside a body or a stream
 * @param message the provider's own words, empty when it said nothing readable
 */
public record ProviderReply(
    int status,
    @Nullable String type,
    @Nullable String code,
    @Nullable String param,
    String message) {

  /** A reply whose status alone is known. */
  public static ProviderReply ofStatus(int status) {
    return new ProviderReply(status, null, null, null, "");
  }
}
