package com.langdock.reliability.gateway.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The head of a provider's HTTP answer.
 *
 * @param receivedAt by the wall clock, when the head arrived
 */
public record ReplyHead(int status, Headers headers, Instant receivedAt) {
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
