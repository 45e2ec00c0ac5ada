package com.langdock.reliability.core.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that a client uses at the gateway, without its secret.
 *
 * @param keyId names it in logs, pages and messages
 * @param team whose rights and limits bound those of the key; null for none
 * @param rights those of the team included
 * @param expiresAtMillis the moment from which on it is refused, in milliseconds since 1970
 */
public record ClientKey(
    String keyId,
    String name,
    @Nullable String team,
    Rights rights,
    Priority priority,
    long expiresAtMillis,
    Map<String, String> metadata)
    implements Caller {
  /** The end of a key that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Keeps an immutable copy. */
  public ClientKey {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Whether it is refused at {@code unixMillis}. */
  public boolean isExpired(long unixMillis) {
    return unixMillis >= expiresAtMillis;
  }
}
