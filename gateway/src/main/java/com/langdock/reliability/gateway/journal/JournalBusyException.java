package com.langdock.reliability.gateway.journal;

/** Too many reads of the journal are waiting. */
public final class JournalBusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalBusyException() {
    super("too many reads of the journal are waiting", null, false, false);
  }
}
