package com.langdock.reliability.gateway.keys.store;

/**
 * A team as it is stored.
 *
 * @param rules its rights and limits, and those of its keys, in JSON
 * @param createdAt in milliseconds since 1970
 * @param removedAt likewise; zero for a team that there is
 * @param version of its last change
 */
public record TeamRow(String name, String rules, long createdAt, long removedAt, long version) {
  /** Whether it was removed. */
  public boolean isRemoved() {
    return removedAt != 0;
  }
}
