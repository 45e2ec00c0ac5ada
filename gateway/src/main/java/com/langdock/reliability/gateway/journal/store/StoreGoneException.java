package com.langdock.reliability.gateway.journal.store;

import java.sql.SQLException;

/** The store's file was deleted or replaced; it must be opened anew. */
public final class StoreGoneException extends SQLException {
  private static final long serialVersionUID = 1;

  /** With a sentence that names the file. */
  public StoreGoneException(String message) {
    super(message);
  }
}
