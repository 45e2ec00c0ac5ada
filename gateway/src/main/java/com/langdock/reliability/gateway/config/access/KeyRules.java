package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.quota.SubjectLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a key may do.
 *
 * @param rights its own; those of its team bound them
 * @param limits its own
 * @param metadata for reports
 */
public record KeyRules(
    Rights rights, Priority priority, SubjectLimits limits, Map<String, String> metadata) {
  /** Keeps an immutable copy. */
  public KeyRules {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
