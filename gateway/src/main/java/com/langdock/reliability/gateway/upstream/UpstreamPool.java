package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.socket.TurnEnd;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop to one provider.
 *
 * <p>Kept-alive connections are closed after {@value #KEEP_ALIVE_SECONDS} idle seconds, before the
 * usual providers close theirs. TLS certificates and host names are always checked. Not
 * thread-safe: used on its own event loop only.
 */
public final class UpstreamPool {
  static final int KEEP_ALIVE_SECONDS = 30;
  private static final int MAX_CONNECTIONS = 16_384;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final Ticker ticker;
  private final URI baseUrl;
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final HttpClient keepingAlive;
  private final HttpClient alwaysFresh;
  private final TurnEnd turnEnd = new TurnEnd();
  private final Set<HttpConnection> unused = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A pool for the provider at {@code baseUrl}, http or https.
   *
   * @param headers sent with each request
   */
  public UpstreamPool(Vertx vertx, Ticker ticker, URI baseUrl, Map<String, String> headers) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.baseUrl = baseUrl;
    headers.forEach((name, value) ->
        this.headers.add(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
    this.keepingAlive = client(true);
    this.alwaysFresh = client(false);
  }

  /** Sends a request; the reply goes to {@code listener}, unless the call is cancelled. */
  public UpstreamCall send(UpstreamRequest request, ReplyListener listener) {
    UpstreamCall call = new UpstreamCall(this, vertx, ticker, request, listener);
    call.connect(request.freshConnection() ? alwaysFresh : keepingAlive, options(request));
    return call;
  }

  /** Whether {@code connection} carried a request before; from now on it has. */
  boolean wasUsed(HttpConnection connection) {
    return !unused.remove(connection);
  }

  private RequestOptions options(UpstreamRequest request) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setURI(baseUrl.getRawPath() + request.path())
        .setConnectTimeout(TimeUnit.NANOSECONDS.toMillis(request.limits().connect()))
        .setHeaders(headers);
  }

  private HttpClient client(boolean keepAlive) {
    boolean tls = "https".equals(baseUrl.getScheme());
    int port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : tls ? 443 : 80;
    HttpClientOptions options =
        new HttpClientOptions()
            .setDefaultHost(baseUrl.getHost())
            .setDefaultPort(port)
            .setSsl(tls)
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setTcpNoDelay(true);
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
        .withConnectHandler(this::remember)
        .build();
  }

  private void remember(HttpConnection connection) {
    turnEnd.gather(connection);
    unused.add(connection);
    connection.closeHandler(closed -> unused.remove(connection));
  }
}
