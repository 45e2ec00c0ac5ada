package com.langdock.reliability.gateway.credentials;

import java.util.Optional;

/** A credential as requests use it: what is there now. Thread-safe. */
public interface HeldCredential<T> {
  /** The present credential; empty before the first, and when the last one has ended. */
  Optional<T> current();

  /** Whether {@link #renew} can bring another one. */
  boolean isRenewable();

  /**
   * Fetches it anew, unless it was since {@code sinceNanos}.
   *
   * @param done run once when it was fetched or could not be, on any thread
   */
  void renew(long sinceNanos, Runnable done);

  /** A credential that stays the same. */
  record Fixed<T>(T value) implements HeldCredential<T> {
    @Override
    public Optional<T> current() {
      return Optional.of(value);
    }

    @Override
    public boolean isRenewable() {
      return false;
    }

    @Override
    public void renew(long sinceNanos, Runnable done) {
      done.run();
    }

    /** Omits the secret. */
    @Override
    public String toString() {
      return "Fixed";
    }
  }
}
