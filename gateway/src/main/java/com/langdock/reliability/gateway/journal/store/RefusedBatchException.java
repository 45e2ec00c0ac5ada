package com.langdock.reliability.gateway.journal.store;

import java.sql.SQLException;

/** The database works but refuses something in a batch; nothing of the batch was written. */
public final class RefusedBatchException extends SQLException {
  private static final long serialVersionUID = 1;

  /** A refusal with the database's exception. */
  public RefusedBatchException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
