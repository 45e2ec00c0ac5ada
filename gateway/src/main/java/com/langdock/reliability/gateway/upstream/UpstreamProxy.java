package com.langdock.reliability.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy between the gateway and a provider.
 *
 * @param host a name, or an address as a URL has it
 * @param authorization the value of {@code Proxy-Authorization}, which is secret; null for none
 */
public record UpstreamProxy(String host, int port, @Nullable String authorization) {
  /** A proxy with {@code user} and {@code password}. */
  public static UpstreamProxy withLogin(String host, int port, String user, String password) {
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new UpstreamProxy(host, port, "Basic " + Base64.getEncoder().encodeToString(login));
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "UpstreamProxy[host=%s, port=%d]".formatted(host, port);
  }
}
