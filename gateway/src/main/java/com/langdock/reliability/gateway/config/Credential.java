package com.langdock.reliability.gateway.config;

/**
 * Our own secret at a provider. Prints as {@code ***}; only the request to the provider shows it.
 */
public final class Credential {
  private final String secret;

  /** Keeps {@code secret}. */
  public Credential(String secret) {
    this.secret = secret;
  }

  /** The secret itself, for a header and for nothing else. */
  public String reveal() {
    return secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential credential && secret.equals(credential.secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
