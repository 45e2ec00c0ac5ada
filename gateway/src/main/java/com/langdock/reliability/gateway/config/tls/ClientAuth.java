package com.langdock.reliability.gateway.config.tls;

/** Whether clients show a certificate. */
public enum ClientAuth {
  /** They are not asked. */
  NONE,
  /** They are asked; one that is shown must be valid. */
  REQUEST,
  /** Nobody is let in without a valid one. */
  REQUIRE
}
