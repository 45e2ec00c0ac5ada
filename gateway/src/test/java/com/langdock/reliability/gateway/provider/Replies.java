package com.langdock.reliability.gateway.provider;

import java.time.Instant;
import java.util.Map;

/** Heads of provider answers. */
public final class Replies {
  /** When every one of them was received. */
  public static final Instant RECEIVED = Instant.parse("2026-11-23T09:00:00Z");

  private Replies() {}

  /** A head without headers. */
  public static ReplyHead head(int status) {
    return head(status, Map.of());
  }

  /** A head with {@code headers}, their names in lower case. */
  public static ReplyHead head(int status, Map<String, String> headers) {
    return new ReplyHead(status, headers::get, RECEIVED);
  }
}
