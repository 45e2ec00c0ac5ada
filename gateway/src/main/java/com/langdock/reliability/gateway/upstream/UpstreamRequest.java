package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Limits;
import java.util.Map;

/**
 * An HTTP request to a provider.
 *
 * @param method such as {@code POST}
 * @param path appended to the provider's base URL
 * @param headers sent beside those of every request to that provider, which have precedence, but
 *     for {@code content-type}
 * @param freshConnection whether a kept-alive connection must not be used
 */
public record UpstreamRequest(
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    Limits limits,
    boolean freshConnection) {}
