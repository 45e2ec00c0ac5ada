package com.langdock.reliability.gateway.exchange;

import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The head of a provider's HTTP response, with the context for reading an error in it.
 *
 * @param receivedAt wall clock time at which the head arrived
 * @param redactor the provider's redactor
 * @param addedFields the fields of the request that the gateway added
 * @param hasSignatures whether the request has signatures that can be left out; asked only for an
 *     error, since the answer takes time in proportion to the request
 */
public record ReplyHead(
    int status,
    Headers headers,
    Instant receivedAt,
    Redactor redactor,
    Set<String> addedFields,
    BooleanSupplier hasSignatures) {
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
