package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.AddressRange;
import com.langdock.reliability.core.domain.TrustedProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes in a request who sent it, and from where, in headers that nobody else can set. */
final class Operators {
  private static final String HEADER = "x-gateway-operator";
  private static final String READER = "x-gateway-operator-reads";
  private static final String ADDRESS = "x-gateway-client-address";
  private static final String UNKNOWN = "unknown";

  private Operators() {}

  /** Notes the token that came with {@code request}, null when it needed none. */
  static void note(HttpServerRequest request, @Nullable AdminToken token) {
    request.headers().remove(HEADER).remove(READER);
    if (token != null) {
      request.headers().set(HEADER, token.name());
      if (!token.mayChange()) {
        request.headers().set(READER, "true");
      }
    }
  }

  /** The name of the token that {@code request} came with, null when it needed none. */
  static @Nullable String of(HttpServerRequest request) {
    return request.getHeader(HEADER);
  }

  /** Whether the token that {@code request} came with may only read. */
  static boolean mayOnlyRead(HttpServerRequest request) {
    return request.headers().contains(READER);
  }

  /** Notes the client's address: where {@code proxies} passed a request on, the one they say. */
  static void noteAddress(HttpServerRequest request, TrustedProxies proxies) {
    MultiMap headers = request.headers();
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    String known = Objects.requireNonNullElse(peer, UNKNOWN);
    headers.set(
        ADDRESS,
        AddressRange.address(known)
            .map(address -> client(address, headers, proxies))
            .orElse(known));
  }

  private static String client(InetAddress peer, MultiMap headers, TrustedProxies proxies) {
    return proxies
        .client(peer, headers.getAll("x-forwarded-for"), headers.getAll("forwarded"))
        .getHostAddress();
  }

  /** The client's address, as it was noted. */
  static String address(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.getHeader(ADDRESS), UNKNOWN);
  }
}
