package com.langdock.reliability.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's head, with access to its body and response. */
public final class ClientRequest {
  /** The most bytes of an unwanted body that are read to keep the source. */
  static final long MAX_DROPPED = 64 * 1024;

  private final HttpRequest head;
  private final RequestSource source;
  private final ClientResponse response;

  ClientRequest(HttpRequest head, RequestSource source, ClientResponse response) {
    this.head = head;
    this.source = source;
    this.response = response;
  }

  /** The method, in upper case. */
  public String method() {
    return head.method().name();
  }

  /** The requested host, with its port if it has one; empty if there is none. */
  public String host() {
    String target = head.uri();
    if (!target.startsWith("/")) {
      int host = target.indexOf("://");
      return host < 0 ? hostHeader() : target.substring(host + 3, endOfHost(target, host + 3));
    }
    return hostHeader();
  }

  private String hostHeader() {
    String host = header(HttpHeaderNames.HOST);
    return host == null ? "" : host;
  }

  private static int endOfHost(String url, int from) {
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** The path, without the query. */
  public String path() {
    String target = head.uri();
    int from = target.startsWith("/") ? 0 : pathOfUrl(target);
    int query = target.indexOf('?', from);
    return target.substring(from, query < 0 ? target.length() : query);
  }

  /**
   * The query, without the question mark; empty if there is none. It may have a client's key: it is
   * not for logs.
   */
  public String query() {
    String target = head.uri();
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** A client that uses the gateway as a proxy sends absolute URLs (RFC 9112, 3.2.2). */
  private static int pathOfUrl(String url) {
    int host = url.indexOf("://");
    int path = host < 0 ? -1 : url.indexOf('/', host + 3);
    return path < 0 ? 0 : path;
  }

  /** The first value of the header {@code name}, in lower case; null when there is none. */
  public @Nullable String header(CharSequence name) {
    return head.headers().get(name);
  }

  /** All values of the header {@code name}. */
  public List<String> headers(CharSequence name) {
    return head.headers().getAll(name);
  }

  /** Whether there are several headers of the name {@code name}, in lower case. */
  public boolean isRepeated(CharSequence name) {
    Iterator<? extends CharSequence> values = head.headers().valueCharSequenceIterator(name);
    if (values.hasNext()) {
      values.next();
    }
    return values.hasNext();
  }

  /**
   * The headers whose names begin with one of {@code prefixes}, which are in lower case, as are the
   * names of the result. The values of a repeated header are joined with commas in their order.
   */
  public Map<String, String> headersWithPrefix(Set<String> prefixes) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : head.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (prefixes.stream().anyMatch(name::startsWith)) {
        found.merge(name, header.getValue(), (first, more) -> first + "," + more);
      }
    }
    return found;
  }

  /**
   * The announced length of the body in bytes, 0 when none is. It is unlimited for a request whose
   * length is not a number: that request is rejected and its body not read.
   */
  public long announcedLength() {
    String length = header(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException notANumber) {
      return Long.MAX_VALUE;
    }
  }

  /** The bytes of the body that are left after {@code read}; huge if it is chunked. */
  long leftOfBody(long read) {
    return HttpUtil.isTransferEncodingChunked(head)
        ? Long.MAX_VALUE
        : Math.max(0, announcedLength() - read);
  }

  /**
   * Whether the rest of the body, after {@code read} bytes, is not worth reading: too much is left,
   * or the client waits for permission to send it.
   */
  boolean isNotWorthReadingAfter(long read) {
    long left = leftOfBody(read);
    return left > MAX_DROPPED || (left > 0 && HttpUtil.is100ContinueExpected(head));
  }

  /**
   * The address of whoever connected, the client or its last proxy; null once it has left. What it
   * may do depends on this one.
   */
  public @Nullable InetAddress remoteAddress() {
    return source.peer().address();
  }

  /**
   * The client's address: where trusted proxies passed the request on, the one that they say; null
   * once it has left.
   */
  public @Nullable InetAddress clientAddress() {
    return source.peer().client(head.headers());
  }

  /** Whether no proxy has announced the connection as another client's. */
  public boolean isDirect() {
    return source.peer().isDirect();
  }

  /** Its response. */
  public ClientResponse response() {
    return response;
  }

  /** Requests the body for {@code taker}. Call while the head is handled. */
  public void read(RequestBody taker) {
    source.read(taker, head);
  }

  /** Whether it asks for a WebSocket, validly or not. */
  public boolean asksForWebSocket() {
    return WebSocketHandshake.isIn(head);
  }

  /** Whether it asks for the version of WebSocket that is spoken here, {@code 13}. */
  public boolean asksForKnownWebSocket() {
    return WebSocketHandshake.isOfKnownVersion(head);
  }

  /** Whether it asks for a WebSocket validly. */
  public boolean isValidHandshake() {
    return WebSocketHandshake.isValid(head);
  }

  /**
   * Makes the connection a WebSocket, which this request asks for validly. Call while the head is
   * handled, instead of a response.
   *
   * @param requestId for the header of that name
   * @param messages answers its messages
   */
  public void openWebSocket(String requestId, MessageHandler messages, MessageHandler.Terms terms) {
    source.upgrade(head, "x-request-id: " + requestId + "\r\n", messages, terms);
  }
}
