package com.langdock.reliability.gateway.front;

import org.jspecify.annotations.Nullable;

/**
 * The names of a request.
 *
 * @param requestId ours
 * @param clientRequestId the client's own, null when it sent none
 */
public record RequestIdentity(String requestId, @Nullable String clientRequestId) {
  private static final int MAX_CLIENT_ID = 200;

  /** Keeps a client's id that is printable and not too long, and drops any other. */
  public static RequestIdentity of(String requestId, @Nullable String clientRequestId) {
    boolean usable =
        clientRequestId != null
            && !clientRequestId.isEmpty()
            && clientRequestId.length() <= MAX_CLIENT_ID
            && clientRequestId.chars().allMatch(c -> c > ' ' && c < 127);
    return new RequestIdentity(requestId, usable ? clientRequestId : null);
  }
}
