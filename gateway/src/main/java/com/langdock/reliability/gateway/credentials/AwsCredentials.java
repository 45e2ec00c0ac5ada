package com.langdock.reliability.gateway.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keys of AWS.
 *
 * @param sessionToken null for keys of a user
 * @param expiresAt null if they do not expire
 */
public record AwsCredentials(
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable Instant expiresAt) {
  /** Keys that do not expire. */
  public AwsCredentials(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    this(accessKeyId, secretAccessKey, sessionToken, null);
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "AwsCredentials[expiresAt=" + expiresAt + "]";
  }
}
