package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Selects the proxy for a provider.
 *
 * <p>A provider's own {@code proxy} has precedence over {@code upstream.proxy}, and that over the
 * environment's {@code https_proxy} and {@code http_proxy}; {@code none} or no value is a direct
 * connection. Hosts in {@code no_proxy} are connected to directly unless their own entry names a
 * proxy. The environment's proxies are not used for plain HTTP on this machine.
 */
final class ProxyRules {
  private static final int USUAL_PORT = 80;
  private static final int MAX_PORT = 65_535;

  private final Section file;
  private final boolean isConfigured;
  private final Optional<UpstreamConfig.Proxy> configured;
  private final NoProxy noProxy;

  /** Reads {@code proxy} and {@code no_proxy} of the section {@code upstream}. */
  ProxyRules(Section upstream) {
    this.file = upstream;
    this.isConfigured = upstream.has("proxy");
    this.configured = read(upstream);
    String own = upstream.value("no_proxy").secret().orElse("");
    this.noProxy =
        new NoProxy(
            upstream.has("no_proxy") ? own : environment("no_proxy").map(Item::value).orElse(""));
  }

  /** The proxy for the provider of the section {@code provider}; empty for none. */
  Optional<UpstreamConfig.Proxy> proxy(Section provider, URI baseUrl) {
    if (provider.has("proxy")) {
      return read(provider);
    }
    if (noProxy.contains(baseUrl)) {
      return Optional.empty();
    }
    return isConfigured ? configured : ofEnvironment(baseUrl);
  }

  private Optional<UpstreamConfig.Proxy> ofEnvironment(URI baseUrl) {
    boolean isHttps = baseUrl.getScheme().equals("https");
    if (!isHttps && LocalHost.is(baseUrl.getHost())) {
      return Optional.empty();
    }
    return environment(isHttps ? "https_proxy" : "http_proxy")
        .flatMap(item -> parse(item.value(), item.place()));
  }

  /** As in curl, the name in lower case has precedence. */
  private Optional<Item> environment(String name) {
    return file.environment(name)
        .or(() -> file.environment(name.toUpperCase(java.util.Locale.ROOT)));
  }

  private static Optional<UpstreamConfig.Proxy> read(Section section) {
    return section
        .value("proxy")
        .secret()
        .filter(text -> !text.equals("none"))
        .flatMap(text -> parse(text, section.place("proxy")));
  }

  /** Messages do not contain the text, which may contain a password. */
  private static Optional<UpstreamConfig.Proxy> parse(String text, SourceLocation place) {
    String url = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = new URI(url);
      boolean hasPort = uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && hasPort) {
        return Optional.of(proxy(uri));
      }
    } catch (URISyntaxException | IllegalArgumentException notOne) {
      // Reported below.
    }
    place.reject("must be none or a proxy such as http://user:password@proxy.example.com:3128");
    return Optional.empty();
  }

  private static UpstreamConfig.Proxy proxy(URI uri) {
    String login = uri.getRawUserInfo();
    int colon = login == null ? -1 : login.indexOf(':');
    String user = login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon));
    String password = colon < 0 ? "" : decoded(login.substring(colon + 1));
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return new UpstreamConfig.Proxy(uri.getHost(), port, user, new Credential(password));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
