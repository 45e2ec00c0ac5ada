package com.langdock.reliability.gateway.config.cloud;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where credentials for Google's APIs are looked for.
 *
 * @param file named by the configuration or the environment; null for none
 * @param usualFile that Google's own program writes, used if it exists; null for none
 * @param metadataHost the server that knows this machine's account, asked at last
 */
public record GoogleLogin(@Nullable Path file, @Nullable Path usualFile, String metadataHost) {}
