package com.langdock.reliability.gateway.upstream;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP client's settings for one provider, shared by the pools of all event loops. */
public final class Upstream {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final URI baseUrl;
  private final Map<String, String> headers;
  private final @Nullable UpstreamTls tls;
  private final @Nullable UpstreamProxy proxy;
  private final ReuseGuard reuse;

  /**
   * The provider at {@code baseUrl}, http or https, with a query where every request has one.
   *
   * @param headers sent with each request; names and values are valid
   * @param tls used where the URL is https
   * @param proxy null for a direct connection
   * @param watcher receives protocol violations of the provider
   */
  public Upstream(
      URI baseUrl,
      Map<String, String> headers,
      UpstreamTls tls,
      @Nullable UpstreamProxy proxy,
      UpstreamObserver watcher) {
    this.baseUrl = baseUrl;
    this.headers = Map.copyOf(headers);
    this.tls = "https".equals(baseUrl.getScheme()) ? tls : null;
    this.proxy = proxy;
    this.reuse = new ReuseGuard(watcher);
  }

  /**
   * The head of requests to {@code path}; a proxy of plain HTTP is told the whole URL.
   *
   * @param ownType whether the requests say the type of their bodies themselves
   */
  RequestHead head(String method, String path, boolean ownType) {
    boolean isForwarded = proxy != null && tls == null;
    Map<String, String> sent = new LinkedHashMap<>(headers);
    if (ownType) {
      sent.remove(RequestHead.CONTENT_TYPE);
    }
    return new RequestHead(baseUrl, method, path, sent, isForwarded ? proxy : null);
  }

  /** The provider's host: a name, or an address without brackets. */
  String host() {
    String host = baseUrl.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The provider's port. */
  int port() {
    int usual = tls == null ? HTTP_PORT : HTTPS_PORT;
    return baseUrl.getPort() < 0 ? usual : baseUrl.getPort();
  }

  /** Its TLS settings, null for plain HTTP. */
  @Nullable UpstreamTls tls() {
    return tls;
  }

  /** The proxy in between, null for a direct connection. */
  @Nullable UpstreamProxy proxy() {
    return proxy;
  }

  /** Whether its connections may be used again. */
  ReuseGuard reuse() {
    return reuse;
  }
}
