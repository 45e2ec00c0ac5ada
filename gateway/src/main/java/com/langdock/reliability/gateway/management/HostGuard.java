package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.management.mocks.ThisMachine;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.regex.Pattern;

/**
 * Lets in only requests for this machine's own names, where the port listens to this machine only.
 *
 * <p>Otherwise a page from elsewhere could have its own name point here, and use the API as if it
 * were its own (DNS rebinding).
 */
final class HostGuard {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private final boolean guards;

  /** A guard of a port that listens on {@code host}. */
  HostGuard(String host) {
    this.guards = ThisMachine.is(host);
  }

  /** Whether the request may come in; if not it has been answered. */
  boolean letsIn(HttpServerRequest request) {
    HostAndPort host = request.authority();
    if (guards && (host == null || !ADDRESS.matcher(host.host()).matches())) {
      String message = "This port answers to localhost and to addresses only.";
      Reply.error(request, 403, "forbidden_host", message);
      return false;
    }
    return true;
  }
}
