package com.langdock.reliability.gateway.access;

import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets in programs on this machine and nobody else, as long as no client keys are configured: a
 * gateway that was started in a hurry must not lend its credentials.
 *
 * <p>A loopback connection is not enough. A proxy on this machine brings other machines' requests,
 * and says so in a header. A browser on this machine brings the requests of any page it shows: a
 * page from elsewhere has an {@code Origin} from elsewhere, or reaches this port by a name of its
 * own (DNS rebinding), which the {@code Host} header shows. Not thread-safe: one for each event
 * loop.
 */
public final class LocalAccess implements Access {
  private static final Pattern LOOPBACK =
      Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names;

  /** The host that was let in last: clients of one machine mostly use one. */
  private String lastHost = "localhost";

  /**
   * Lets clients of this machine in.
   *
   * @param names of this machine, besides localhost
   */
  public LocalAccess(Set<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  @Override
  public boolean admits(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }

  @Override
  public Admission admit(ClientRequest request) {
    if (!admits(request.remoteAddress())) {
      return Reason.OTHER_MACHINE;
    }
    if (!request.isDirect() || isForwarded(request)) {
      return Reason.PROXY;
    }
    String host = request.host();
    if (!host.equals(lastHost)) {
      if (!isThisMachine(withoutPort(host))) {
        return Reason.OTHER_HOST;
      }
      lastHost = host;
    }
    return isFromOtherSite(request, host) ? Reason.OTHER_ORIGIN : Grant.ANONYMOUS;
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
}
