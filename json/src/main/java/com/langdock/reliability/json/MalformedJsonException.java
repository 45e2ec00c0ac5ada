package com.langdock.reliability.json;

/** A text is not JSON, or exceeds a limit. The message contains none of the text. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public MalformedJsonException(String message) {
    super(message);
  }
}
