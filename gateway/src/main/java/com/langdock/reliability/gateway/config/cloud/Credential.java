package com.langdock.reliability.gateway.config.cloud;

/** The gateway's secret at a provider. Prints as {@code ***}. */
public final class Credential {
  private final String secret;

  /** Keeps {@code secret}. */
  public Credential(String secret) {
    this.secret = secret;
  }

  /** The secret, for use in a request only. */
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
