package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.AddressRange;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The hosts that are connected to without a proxy, as the variable {@code NO_PROXY} lists them:
 * {@code *} for all, a name for itself and what is below it, with or without a dot before it, an
 * address, a network such as {@code 10.0.0.0/8}; each perhaps with a port.
 */
final class NoProxy {
  private final List<String> entries;

  NoProxy(String list) {
    this.entries =
        Stream.of(list.split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .toList();
  }

  /** Whether the host of {@code url} is one of them. */
  boolean contains(URI url) {
    String host = unbracketed(url.getHost().toLowerCase(Locale.ROOT));
    int usual = url.getScheme().equals("https") ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return entries.stream().anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    int colon = entry.lastIndexOf(':');
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
      return false;
    }
    String name = unbracketed(hasPort ? entry.substring(0, colon) : entry);
    if (name.contains("/")) {
      return AddressRange.parse(name).map(range -> range.contains(host)).orElse(false);
    }
    String bare = name.startsWith("*.") ? name.substring(2) : name.replaceFirst("^\\.", "");
    return host.equals(bare) || host.endsWith("." + bare);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
