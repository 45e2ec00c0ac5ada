package com.langdock.reliability.gateway.access;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyRing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of the store, in memory. Thread-safe; nothing blocks. */
public interface StoredKeys {
  /** Where no keys are stored. */
  StoredKeys NONE =
      new StoredKeys() {
        private final KeyRing<ClientKey> empty = KeyRing.of(Map.of());

        @Override
        public @Nullable ClientKey find(byte[] digest) {
          return empty.find(digest);
        }

        @Override
        public boolean isCurrent() {
          return true;
        }

        @Override
        public boolean isComplete() {
          return true;
        }

        @Override
        public boolean isCut(ClientKey key) {
          return false;
        }
      };

  /** The key of this SHA-256; null for one that is unknown, switched off or revoked. */
  @Nullable ClientKey find(byte[] digest);

  /** Whether the store was read, and lately enough that keys which are known may be relied upon. */
  boolean isCurrent();

  /** Whether a key that is unknown here is invalid: the store was read a moment ago. */
  boolean isComplete();

  /** Whether the requests that run under {@code key} are to end. */
  boolean isCut(ClientKey key);
}
