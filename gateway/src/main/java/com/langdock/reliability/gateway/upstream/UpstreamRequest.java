package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Limits;
import io.vertx.core.buffer.Buffer;

/**
 * What is sent to a provider, by POST.
 *
 * @param path appended to the provider's base URL
 * @param freshConnection whether a kept-alive connection must not be used
 */
public record UpstreamRequest(String path, Buffer body, Limits limits, boolean freshConnection) {}
