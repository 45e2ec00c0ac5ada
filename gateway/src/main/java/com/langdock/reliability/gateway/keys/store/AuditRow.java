package com.langdock.reliability.gateway.keys.store;

import org.jspecify.annotations.Nullable;

/**
 * A change that an operator made or tried.
 *
 * @param id counts up; zero for a row that is not written yet
 * @param at in milliseconds since 1970
 * @param object such as {@code key:7h2k9m4q8xw3}
 * @param change before and after it
 * @param result {@code done}, or the code of the refusal
 */
public record AuditRow(
    long id, long at, By by, String action, String object, Change change, String result) {

  /**
   * Who tried it.
   *
   * @param token its name; null where none was needed
   * @param address of the client
   */
  public record By(@Nullable String token, String address) {}

  /** The object before and after, in JSON without secrets; null where there is none. */
  public record Change(@Nullable String before, @Nullable String after) {
    /** Of a change that was not made. */
    public static final Change NONE = new Change(null, null);
  }
}
