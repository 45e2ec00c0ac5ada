package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Heads of provider responses. */
public final class Replies {
  /** The time at which all of them were received. */
  public static final Instant RECEIVED = Instant.parse("2026-11-23T09:00:00Z");

  private Replies() {}

  /** A head without headers. */
  public static ReplyHead head(int status) {
    return head(status, Map.of());
  }

  /** A head with {@code headers}, with names in lower case. */
  public static ReplyHead head(int status, Map<String, String> headers) {
    return new ReplyHead(status, headers::get, RECEIVED, Redactor.NONE, Set.of(), () -> false);
  }

  /** A head of a response to a request with the added {@code fields}. */
  public static ReplyHead withAdded(int status, Set<String> fields) {
    return new ReplyHead(status, name -> null, RECEIVED, Redactor.NONE, fields, () -> false);
  }

  /** A head of a response to a request whose signatures can be left out. */
  public static ReplyHead withSignatures(int status) {
    return new ReplyHead(status, name -> null, RECEIVED, Redactor.NONE, Set.of(), () -> true);
  }

  /** A head of a response that {@code redactor} cleans. */
  public static ReplyHead redacted(int status, Redactor redactor) {
    return new ReplyHead(status, name -> null, RECEIVED, redactor, Set.of(), () -> false);
  }
}
