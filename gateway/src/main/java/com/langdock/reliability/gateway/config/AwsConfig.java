package com.langdock.reliability.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * How a provider of AWS is asked.
 *
 * @param region such as {@code eu-central-1}
 * @param keys that sign each request; null to look for them where AWS's own programs do
 */
public record AwsConfig(String region, @Nullable Keys keys) {
  /**
   * Keys of AWS.
   *
   * @param accessKeyId names the secret one, and is not secret itself
   * @param sessionToken null for keys of a user
   */
  public record Keys(
      String accessKeyId, Credential secretAccessKey, @Nullable Credential sessionToken) {}
}
