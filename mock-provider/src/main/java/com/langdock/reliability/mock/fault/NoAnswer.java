package com.langdock.reliability.mock.fault;

import java.util.Locale;

/** A fault that replaces the answer. */
public enum NoAnswer implements Fault {
  /** Silence for a while; then the connection closes. */
  TIMEOUT,
  /** The connection is reset before any byte. */
  RESET,
  /** A 200 without a body. */
  EMPTY,
  /** A 200 with a web page. */
  HTML;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @Override
  public String wireName() {
    return wireName;
  }
}
