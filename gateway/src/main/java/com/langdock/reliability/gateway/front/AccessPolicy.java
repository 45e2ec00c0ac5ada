package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may use the data port while no client keys are configured: programs on this machine,
 * and nobody else, so that a gateway that was started in a hurry does not lend its credentials.
 *
 * <p>A loopback connection is not enough. A proxy on this machine brings other machines' requests,
 * and says so in a header. A browser on this machine brings the requests of any page it shows: a
 * page from elsewhere has an {@code Origin} from elsewhere, or reaches this port by a name of its
 * own (DNS rebinding), which the {@code Host} header shows. Not thread-safe: one for each event
 * loop.
 */
public final class AccessPolicy {
  private static final String HOW =
      " Set server.allow_anonymous: true to let others in without a key.";

  /** For connections from other machines. */
  static final ApiError OTHER_MACHINE =
      refusal(
          "protected_mode",
          "The gateway has no client keys and so answers clients on its own machine only." + HOW);

  /** For connections from a proxy on this machine. */
  static final ApiError PROXY =
      refusal(
          "protected_mode",
          "The gateway has no client keys and so answers clients on its own machine only; this"
              + " request came through a proxy (X-Forwarded-For, Forwarded or X-Real-IP)."
              + HOW);

  /** For a name that is not this machine's. */
  static final ApiError OTHER_HOST =
      refusal(
          "forbidden_host",
          "The Host header does not name this machine. Without client keys the gateway answers to"
              + " localhost, to IP addresses and to its host name only, so that no web page can use"
              + " it (DNS rebinding)."
              + HOW);

  /** For web pages. */
  static final ApiError OTHER_ORIGIN =
      refusal(
          "forbidden_origin",
          "The request comes from a web page of another site. Without client keys the gateway"
              + " answers no pages but this machine's own."
              + HOW);

  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final boolean allowAnonymous;
  private final Set<String> names;

  /** The host that was let in last: clients of one machine mostly use one. */
  private String lastHost = "localhost";

  /**
   * Lets everybody in when {@code allowAnonymous}.
   *
   * @param names of this machine, besides localhost
   */
  public AccessPolicy(boolean allowAnonymous, Set<String> names) {
    this.allowAnonymous = allowAnonymous;
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Whether a client at {@code address} may be let in; null when it has left. */
  boolean admits(@Nullable InetAddress address) {
    return allowAnonymous || (address != null && address.isLoopbackAddress());
  }

  /** Why the request is refused, null when it is let in. */
  @Nullable ApiError refusal(ClientRequest request) {
    if (allowAnonymous) {
      return null;
    }
    if (!admits(request.remoteAddress())) {
      return OTHER_MACHINE;
    }
    if (isForwarded(request)) {
      return PROXY;
    }
    String host = request.host();
    if (!host.equals(lastHost)) {
      if (!isThisMachine(withoutPort(host))) {
        return OTHER_HOST;
      }
      lastHost = host;
    }
    return isFromOtherSite(request, host) ? OTHER_ORIGIN : null;
  }

  private static boolean isForwarded(ClientRequest request) {
    return request.header(HeaderNames.FORWARDED_FOR) != null
        || request.header(HeaderNames.FORWARDED) != null
        || request.header(HeaderNames.REAL_IP) != null;
  }

  private boolean isThisMachine(String name) {
    return LOOPBACK.matcher(name).matches()
        || ADDRESS.matcher(name).matches()
        || names.contains(name);
  }

  private boolean isFromOtherSite(ClientRequest request, String host) {
    String origin = request.header(HeaderNames.ORIGIN);
    if (origin != null) {
      String name = hostOf(origin);
      boolean isOwn =
          LOOPBACK.matcher(name).matches()
              || names.contains(name)
              || name.equals(withoutPort(host));
      if (!isOwn) {
        return true;
      }
    }
    return "cross-site".equals(request.header(HeaderNames.FETCH_SITE));
  }

  private static String hostOf(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAnOrigin) {
      return "";
    }
  }

  private static String withoutPort(String host) {
    int port = host.lastIndexOf(':');
    String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private static ApiError refusal(String code, String message) {
    return new ApiError(
        403, "permission_error", code, message, null, List.of(), OptionalLong.empty());
  }
}
