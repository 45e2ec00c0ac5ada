package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure.Unreachable.Cause;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what Java throws when a connection cannot be had into the failure's cause. */
final class Reachability {
  private static final int MAX_CAUSES = 8;

  private Reachability() {}

  /** The cause that {@code problem} tells of, at any depth. */
  static Cause cause(@Nullable Throwable problem) {
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof UnknownHostException) {
        return Cause.DNS;
      }
      if (cause instanceof SSLException) {
        return Cause.TLS;
      }
      if (cause instanceof ConnectException) {
        return Cause.CONNECT;
      }
      cause = cause.getCause();
    }
    return Cause.CONNECT;
  }
}
