package com.langdock.reliability.gateway.exchange;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a provider's HTTP response, with the context for reading an error in it.
 *
 * @param receivedAt wall clock time at which the head arrived
 * @param redactor the provider's redactor
 * @param addedFields the fields of the request that the gateway added
 */
public record ReplyHead(
    int status, Headers headers, Instant receivedAt, Redactor redactor, Set<String> addedFields) {
  /** Looks up response headers. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header {@code name}, ignoring case; null if absent. */
    @Nullable String value(String name);
  }

  /** Whether the status is a success. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
