package com.langdock.reliability.gateway.credentials;

import org.jspecify.annotations.Nullable;

/**
 * Keys of AWS.
 *
 * @param sessionToken null for keys of a user
 */
public record AwsCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "AwsCredentials";
  }
}
