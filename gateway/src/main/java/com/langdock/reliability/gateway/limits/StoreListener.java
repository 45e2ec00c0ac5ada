package com.langdock.reliability.gateway.limits;

import org.jspecify.annotations.Nullable;

/** Hears how stores of shared limits answer, for metrics and logs. Called from any thread. */
public interface StoreListener {
  /** Hears nothing. */
  StoreListener NONE =
      new StoreListener() {
        @Override
        public void drawn(String store, boolean answered, long nanos) {}

        @Override
        public void changed(String store, boolean away, @Nullable String reason) {}
      };

  /** A store was asked, and answered after {@code nanos} or failed then. */
  void drawn(String store, boolean answered, long nanos);

  /**
   * A store is away from now on, or is back.
   *
   * @param reason why it is away
   */
  void changed(String store, boolean away, @Nullable String reason);
}
