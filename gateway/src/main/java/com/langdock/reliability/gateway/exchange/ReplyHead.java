package com.langdock.reliability.gateway.exchange;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a provider's HTTP answer, and what one must know to read an error in it.
 *
 * @param receivedAt by the wall clock, when the head arrived
 * @param redactor of the provider that answered
 * @param addedFields the fields of the request that are the gateway's own, not the client's
 */
public record ReplyHead(
    int status, Headers headers, Instant receivedAt, Redactor redactor, Set<String> addedFields) {
  /** Looks up response headers. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header {@code name}, in any case; null when there is none. */
    @Nullable String value(String name);
  }

  /** Whether the status is a success. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
