package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which target has the state that an id names, such as that of a stored response: only its provider
 * can go on from it. The ids used last are remembered. Thread-safe.
 */
public final class StoredState {
  /** Ids that are remembered, a few megabytes at most. */
  static final int MAX_IDS = 16_384;

  /** A longer id is none that a provider makes. */
  static final int MAX_ID = 128;

  private final Map<String, Target> targets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Target> eldest) {
          return size() > MAX_IDS;
        }
      };

  /** Remembers that {@code target} has the state named {@code id}. */
  public void put(String id, Target target) {
    if (!id.isEmpty() && id.length() <= MAX_ID) {
      synchronized (targets) {
        targets.put(id, target);
      }
    }
  }

  /** The target that has the state named {@code id}; null if that is not known. */
  public @Nullable Target of(String id) {
    synchronized (targets) {
      return targets.get(id);
    }
  }
}
