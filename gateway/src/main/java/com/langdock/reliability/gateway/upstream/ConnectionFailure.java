package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import java.io.IOException;

/** Why there is no connection, as detected by the gateway. */
final class ConnectionFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final UnreachableReason reason;

  ConnectionFailure(UnreachableReason reason) {
    super(reason.text());
    this.reason = reason;
  }

  UnreachableReason reason() {
    return reason;
  }

  /** It is a value; a stack trace has no use. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
