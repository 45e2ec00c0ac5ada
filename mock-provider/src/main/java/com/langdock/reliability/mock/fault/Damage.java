package com.langdock.reliability.mock.fault;

import java.util.Locale;

/** How the body of an answer is damaged after a good start. */
public enum Damage implements Fault {
  /** Nothing: the answer arrives whole. */
  NONE("ok"),
  /** One event of the stream, or the whole body, is not JSON. */
  MALFORMED,
  /** The connection is reset inside the body. */
  STREAM_CUT,
  /** The body stops, and the connection stays open. */
  STREAM_STALL,
  /** The connection closes by FIN inside the body, which stays unfinished. */
  STREAM_FIN,
  /** HTTP ends the body properly, but the stream has no finish reason and no terminator. */
  STREAM_END,
  /** The stream has its finish reason, but not its terminator. */
  MISSING_DONE,
  /** The body of a 200 carries an error. */
  ERROR_IN_STREAM;

  private final String wireName;

  Damage() {
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  Damage(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
