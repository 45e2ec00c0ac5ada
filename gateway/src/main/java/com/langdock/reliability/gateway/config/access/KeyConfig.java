package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.quota.SubjectLimits;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's key.
 *
 * @param team null for none
 * @param rights its own; those of its team bound them
 * @param limits its own
 * @param metadata for reports, in the file's order
 */
public record KeyConfig(
    String name,
    Secret secret,
    @Nullable String team,
    Rights rights,
    Priority priority,
    SubjectLimits limits,
    Map<String, String> metadata) {
  /** Keeps an immutable copy. */
  public KeyConfig {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * What opens the gateway.
   *
   * @param hash of the key; a file never has the key itself
   * @param expires the moment from which on it is refused; null for never
   */
  public record Secret(KeyHash hash, @Nullable Instant expires) {}
}
