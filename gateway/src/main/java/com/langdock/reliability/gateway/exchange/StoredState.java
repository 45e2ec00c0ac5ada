package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which target has the state that an id names, such as that of a stored response: only its provider
 * can go on from it, and only for the client key that made it. The ids used last are remembered.
 * Thread-safe.
 */
public final class StoredState {
  /** Ids that are remembered, a few megabytes at most. */
  static final int MAX_IDS = 16_384;

  /** A longer id is none that a provider makes. */
  static final int MAX_ID = 128;

  private final Map<String, Owned> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Owned> eldest) {
          return size() > MAX_IDS;
        }
      };

  private record Owned(Target target, @Nullable String keyId) {}

  /** Where the state is that an id names. */
  public sealed interface Location {
    /** At this target. */
    record Known(Target target) implements Location {}

    /** At any provider, or nowhere. */
    record Unknown() implements Location {}

    /** Nowhere, as far as the client may know. */
    record Refused() implements Location {}
  }

  /**
   * What the clients of one setup may know of the state.
   *
   * @param knownOnly whether an id of which nothing is known may be that of another client key
   */
  public record View(StoredState state, boolean knownOnly) {
    /** Remembers that {@code target} has the state {@code id}, made by the key {@code keyId}. */
    public void put(String id, Target target, @Nullable String keyId) {
      state.put(id, target, keyId);
    }

    /**
     * Where the state named {@code id} is.
     *
     * @param keyId of the client key that asks; null for a client without one
     */
    public Location of(String id, @Nullable String keyId) {
      Location location = state.of(id, keyId);
      return knownOnly && location instanceof Location.Unknown ? new Location.Refused() : location;
    }
  }

  /** The state as clients see it that need no key, or share what they have stored. */
  public View shared() {
    return new View(this, false);
  }

  /**
   * Remembers that {@code target} has the state named {@code id}.
   *
   * @param keyId of the client key that made it; null for a client without one
   */
  void put(String id, Target target, @Nullable String keyId) {
    if (!id.isEmpty() && id.length() <= MAX_ID) {
      synchronized (entries) {
        entries.put(id, new Owned(target, keyId));
      }
    }
  }

  private Location of(String id, @Nullable String keyId) {
    Owned entry;
    synchronized (entries) {
      entry = entries.get(id);
    }
    if (entry == null) {
      return new Location.Unknown();
    }
    return Objects.equals(entry.keyId, keyId)
        ? new Location.Known(entry.target)
        : new Location.Refused();
  }
}
