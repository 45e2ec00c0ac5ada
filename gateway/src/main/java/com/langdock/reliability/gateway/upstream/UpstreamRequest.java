package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Limits;
import java.util.Map;

/**
 * An HTTP request to a provider.
 *
 * @param method such as {@code POST}
 * @param path appended to the provider's base URL
 * @param headers sent beside those of every request to that provider, which have precedence, but
 *     for {@code content-type}
 * @param body held; the call releases it
 * @param reuse what of other requests may be used
 */
public record UpstreamRequest(
    String method,
    String path,
    Map<String, String> headers,
    Body body,
    Limits limits,
    Reuse reuse) {
  /**
   * What of other requests may be used.
   *
   * @param connection whether a connection that was kept alive may be used
   * @param head whether the head is worth keeping for the next request to the path
   */
  public record Reuse(boolean connection, boolean head) {}
}
