package com.langdock.reliability.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The constant part of the head of all requests to one path of a provider. */
final class RequestHead {
  /** The header that some requests have a value of their own for. */
  static final String CONTENT_TYPE = "content-type";

  private static final int ROOM_FOR_REST = 32;

  private final String method;

  /** The names of the headers that every request has, ignoring case. */
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final boolean hasType;

  /** The head up to the length of the body. */
  private final byte[] beginning;

  /**
   * A head for {@code path} below {@code baseUrl}, whose query comes after the path's own.
   *
   * @param headers with valid names and values
   * @param proxy that forwards the request and receives the absolute URL (RFC 9112, 3.2.2), or null
   */
  RequestHead(
      URI baseUrl,
      String method,
      String path,
      Map<String, String> headers,
      @Nullable UpstreamProxy proxy) {
    this.method = method;
    names.addAll(headers.keySet());
    hasType = names.contains(CONTENT_TYPE);
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ');
    if (proxy != null) {
      head.append(baseUrl.getScheme()).append("://").append(baseUrl.getRawAuthority());
    }
    head.append(baseUrl.getRawPath()).append(path);
    if (baseUrl.getRawQuery() != null) {
      head.append(path.indexOf('?') < 0 ? '?' : '&').append(baseUrl.getRawQuery());
    }
    head.append(" HTTP/1.1\r\n");
    line(head, "host", baseUrl.getRawAuthority());
    if (proxy != null && proxy.authorization() != null) {
      line(head, "proxy-authorization", proxy.authorization());
    }
    headers.forEach((name, value) -> line(head, name, value));
    head.append("content-length: ");
    beginning = head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Whether it is the head of requests with {@code other} method.
   *
   * @param ownType whether they say the type of their bodies themselves
   */
  boolean isFor(String other, boolean ownType) {
    return method.equals(other) && hasType != ownType;
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /**
   * A request up to its body of {@code length} bytes, with room for the first {@code room} of them.
   *
   * @param more headers of this request; of those that every request has, none is sent again
   */
  ByteBuf begin(ByteBufAllocator allocator, Map<String, String> more, int length, int room) {
    StringBuilder rest = new StringBuilder(ROOM_FOR_REST);
    rest.append(length).append("\r\n");
    more.forEach((name, value) -> {
      if (!names.contains(name)) {
        line(rest, name, value);
      }
    });
    rest.append("\r\n");
    ByteBuf request = allocator.directBuffer(beginning.length + rest.length() + room);
    request.writeBytes(beginning);
    ByteBufUtil.writeAscii(request, rest);
    return request;
  }
}
