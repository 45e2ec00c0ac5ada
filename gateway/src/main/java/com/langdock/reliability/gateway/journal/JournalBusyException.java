package com.langdock.reliability.gateway.journal;

/** Too many questions wait for the journal's readers; ask again in a second. */
public final class JournalBusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalBusyException() {
    super("too many questions wait for the journal", null, false, false);
  }
}
