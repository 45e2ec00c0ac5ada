package com.langdock.reliability.core.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks: a client key, or nobody known. */
public sealed interface Caller permits ClientKey, Caller.Anonymous {
  /** Nobody known, who may ask for everything. */
  Caller ANONYMOUS = new Anonymous();

  /** The id of the key, such as {@code key:search-service}; null for a caller without one. */
  @Nullable String keyId();

  /** The name of the key's team, null without one. */
  @Nullable String team();

  /** What the caller may ask for, within the rights of its team. */
  Rights rights();

  /** How important its requests are. */
  Priority priority();

  /** What the operator noted about the key, for reports. */
  Map<String, String> metadata();

  /** A caller that brought no key. */
  record Anonymous() implements Caller {
    @Override
    public @Nullable String keyId() {
      return null;
    }

    @Override
    public @Nullable String team() {
      return null;
    }

    @Override
    public Rights rights() {
      return Rights.ALL;
    }

    @Override
    public Priority priority() {
      return Priority.NORMAL;
    }

    @Override
    public Map<String, String> metadata() {
      return Map.of();
    }
  }
}
