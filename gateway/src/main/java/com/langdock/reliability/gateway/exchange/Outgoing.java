package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.json.JsonSplice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request to a provider. Equality is not used, so the body may be an array.
 *
 * @param method such as {@code POST}
 * @param path appended to the path of the provider's base URL; may have a query
 * @param headers in addition to those of every request to the provider; names in lower case. A
 *     {@code content-type} replaces the usual one
 * @param content the body, held; whoever sends the request, or does not, releases it
 * @param isRecurring whether the path is one of a few that a provider has, so that the head of the
 *     request is worth keeping
 */
public record Outgoing(
    String method, String path, Map<String, String> headers, Body content, boolean isRecurring) {
  /** A request to one of the provider's few paths, whose body is not lent. */
  public Outgoing(String method, String path, Map<String, String> headers, byte[] body) {
    this(method, path, headers, Body.of(body), true);
  }

  /** A POST without additional headers. */
  public static Outgoing post(String path, byte[] body) {
    return new Outgoing("POST", path, Map.of(), body);
  }

  /** The bytes of the body: a copy if it is lent. */
  public byte[] body() {
    return content.bytes();
  }

  /** This request with an edited body, which replaces its own. */
  public Outgoing edited(JsonSplice splice) {
    if (splice.isEmpty()) {
      return this;
    }
    Body edited = content.another(splice.length());
    splice.writeTo(edited.array());
    content.release();
    return new Outgoing(method, path, headers, edited, isRecurring);
  }

  /** The same request with more headers, which replace those of the same name. */
  public Outgoing with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Outgoing(method, path, all, content, isRecurring);
  }
}
